-- Turn the switch.  The exclusive lock waits for the permits that are being given.
CREATE FUNCTION outbox.flip(outbound boolean, actor text, role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    WITH kept AS (
        INSERT INTO outbox.receipt (kind, role, actor, evidence)
        VALUES ('switch', flip.role, flip.actor,
                jsonb_build_object('outbound', flip.outbound))
    )
    INSERT INTO outbox.switch AS switch (outbound, flipped_by)
    VALUES (flip.outbound, flip.actor)
    ON CONFLICT (only_row) DO UPDATE
       SET outbound = excluded.outbound, flipped_by = excluded.flipped_by, flipped_at = now();
END $$;
