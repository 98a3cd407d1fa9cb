-- Have these known-bad items planted among what agents propose, each at a moment of the next
-- `spread` that is drawn.  The receipt says how many, and not when.
CREATE FUNCTION outbox.seed_decoys(
    tenant text, producer text, channels text[], contents bytea[], flaws text[],
    spread interval, actor text
) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
DECLARE
    seeded int;
BEGIN
    INSERT INTO outbox.seed (for_tenant, producer, channel, content, flaw, seeded_by, due_at)
    SELECT seed_decoys.tenant, seed_decoys.producer, one.channel, one.content, one.flaw,
           seed_decoys.actor, now() + random() * seed_decoys.spread
      FROM unnest(seed_decoys.channels, seed_decoys.contents, seed_decoys.flaws)
           AS one (channel, content, flaw);
    GET DIAGNOSTICS seeded = ROW_COUNT;
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('seeded', 'human', seed_decoys.actor,
            jsonb_build_object('decoys', seeded, 'spread', seed_decoys.spread));
    RETURN seeded;
END $$;
