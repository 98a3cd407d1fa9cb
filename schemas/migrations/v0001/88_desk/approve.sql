-- A named person's leave for exactly these bytes, until it expires, for one attempt.  Until
-- the end of its hold it is not even claimed.
CREATE FUNCTION outbox.approve(
    id bigint, version int, digest text, actor text, role text,
    valid_for interval, hold interval
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    WITH given AS (
        INSERT INTO outbox.approval (intent_id, version, digest, approver, held_until,
                                     expires_at)
        VALUES (approve.id, approve.version, approve.digest, approve.actor,
                nullif(now() + approve.hold, now()), now() + approve.valid_for)
        RETURNING id, held_until, expires_at
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        SELECT approve.id, 'approved', approve.role, approve.actor, approve.digest,
               jsonb_build_object('approval', id, 'held_until', held_until,
                                  'expires_at', expires_at)
          FROM given
    )
    UPDATE outbox.intent
       SET state = 'approved', moved_by = approve.role, approval_id = given.id,
           due_at = greatest(not_before, now(), given.held_until)
      FROM given WHERE intent.id = approve.id;
END $$;
