-- Give back what a limit holds back: it rests until the limit ends, as far as that can be
-- known, and keeps its approval.  That it was claimed does not count against it.
CREATE FUNCTION outbox.rest(
    id bigint, fence bigint, worker text, evidence jsonb
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH held AS (
        SELECT id, digest FROM outbox.intent
         WHERE id = rest.id AND fence = rest.fence AND state = 'sending' FOR UPDATE
    ), resting AS (
        SELECT held.id, held.digest, greatest(
                   now() + interval '1 second',
                   (SELECT max(until) FROM outbox.limits(held.id, clock_timestamp()))) AS until
          FROM held
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT id, 'deferred', 'sender', rest.worker, digest, rest.fence,
               rest.evidence || jsonb_build_object('until', until)
          FROM resting
    )
    UPDATE outbox.intent
       SET state = 'approved', moved_by = 'sender', due_at = resting.until,
           claims = claims - 1, fence = NULL, leased_by = NULL, lease_expires_at = NULL
      FROM resting WHERE intent.id = resting.id
    RETURNING intent.id;
END $$;
