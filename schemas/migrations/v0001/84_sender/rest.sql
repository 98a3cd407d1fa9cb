-- Give back what a limit holds back: it rests until the limit ends, as far as that can be
-- known, and where others rest for the same cap, until its own turn.  It keeps its approval,
-- and that it was claimed does not count against it.
CREATE FUNCTION outbox.rest(
    id bigint, fence bigint, worker text, evidence jsonb
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    held outbox.intent;
    instant timestamptz;
    due timestamptz;
BEGIN
    SELECT * INTO held FROM outbox.intent
     WHERE id = rest.id AND fence = rest.fence AND state = 'sending' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM outbox.wait_for_caps(ARRAY[held.id]);
    instant := clock_timestamp();
    due := greatest(instant + interval '1 second', outbox.turn_of(held.id, instant),
                    (SELECT max(until) FROM outbox.limits(held.id, instant)));
    DELETE FROM outbox.turn
     WHERE intent_id = held.id
        OR (scope, name) IN (SELECT scope, name FROM outbox.caps_on(held.id))
           AND at < instant AND NOT EXISTS (
               SELECT FROM outbox.intent
                WHERE id = intent_id AND state IN ('approved', 'sending'));
    INSERT INTO outbox.turn (scope, name, at, intent_id, weight)
    SELECT DISTINCT scope, name, due, held.id, weight FROM outbox.caps_on(held.id);
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
    VALUES (held.id, 'put_back', 'sender', rest.worker, held.digest, held.fence,
            rest.evidence || jsonb_build_object('until', due));
    UPDATE outbox.intent
       SET state = 'approved', moved_by = 'sender', due_at = due, claims = claims - 1,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL
     WHERE id = held.id;
    RETURN NEXT held.id;
END $$;
