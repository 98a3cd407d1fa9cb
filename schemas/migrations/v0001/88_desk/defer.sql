-- Put what waits for a person out of sight until then: it goes on waiting, and whatever was
-- decided of it stands.
CREATE FUNCTION outbox.defer(
    id bigint, actor text, role text, until timestamptz, reason text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    held outbox.intent;
BEGIN
    SELECT * INTO held FROM outbox.intent
     WHERE id = defer.id AND state IN ('in_review', 'awaiting_approval')
       AND defer.role = 'human' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'intent % does not wait for a person, or no % may', defer.id, defer.role
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_person_defers_what_waits_for_one',
                  TABLE = 'deferral', SCHEMA = 'outbox';
    END IF;
    INSERT INTO outbox.deferral (intent_id, since, until, deferred_by)
    VALUES (held.id, held.moved_at, defer.until, defer.actor)
    ON CONFLICT (intent_id) DO UPDATE
       SET since = excluded.since, until = excluded.until,
           deferred_by = excluded.deferred_by, deferred_at = excluded.deferred_at;
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (held.id, 'deferred', defer.role, defer.actor, held.digest,
            jsonb_strip_nulls(jsonb_build_object('until', defer.until,
                                                 'reason', nullif(defer.reason, ''))));
END $$;
