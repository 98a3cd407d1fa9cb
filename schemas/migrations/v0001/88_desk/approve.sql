-- A named person's leave for exactly what the manifest says, until it expires, for one
-- attempt.  Until the end of its hold it is not even claimed.  Where several people are needed,
-- all before the last only endorse it.  Says how many more are needed.
CREATE FUNCTION outbox.approve(
    id bigint, version int, digest text, manifest bytea, actor text, role text,
    valid_for interval, hold interval, needed int DEFAULT 1, document bigint DEFAULT NULL,
    delegation bigint DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    given outbox.approval;
    missing int;
    principal text;
    signed outbox.document;
BEGIN
    given := outbox.endorse(approve.id, approve.version, approve.digest, approve.manifest,
                            approve.actor, approve.valid_for, approve.hold, approve.needed,
                            approve.document, approve.delegation);
    SELECT given.needed - count(*), max(delegator) FILTER (WHERE approver = approve.actor)
      INTO missing, principal
      FROM outbox.endorsement WHERE approval_id = given.id;
    SELECT * INTO signed FROM outbox.document WHERE id = approve.document;
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (approve.id, CASE missing WHEN 0 THEN 'approved' ELSE 'endorsed' END,
            approve.role, concat_ws(' for ', approve.actor, principal), approve.digest,
            jsonb_build_object('approval', given.id, 'manifest', given.manifest_digest,
                               'held_until', given.held_until,
                               'expires_at', given.expires_at)
            || jsonb_strip_nulls(jsonb_build_object(
                   'missing', nullif(missing, 0), 'document', signed.digest,
                   'key', signed.key, 'delegation', approve.delegation)));
    UPDATE outbox.intent
       SET state = 'approved', moved_by = approve.role, approval_id = given.id,
           due_at = greatest(not_before, now(), given.held_until)
     WHERE missing = 0 AND intent.id = approve.id;
    RETURN missing;
END $$;
