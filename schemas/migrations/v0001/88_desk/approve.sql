-- A named person's leave for exactly what the manifest says, until it expires, for one
-- attempt.  Until the end of its hold it is not even claimed.  Where the policy wants several
-- people, all before the last only endorse it.  Says how many more are needed at least.  It must
-- have been read, and of what was drawn for a second look the first yes is sealed; a decoy is over
-- with it, and never approved.
CREATE FUNCTION outbox.approve(
    id bigint, version int, digest text, manifest bytea, actor text, role text,
    valid_for interval, hold interval, document bigint DEFAULT NULL,
    delegation bigint DEFAULT NULL
) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    ruling outbox.policy;
    given outbox.approval;
    missing int;
    alone boolean;
    tightened timestamptz;
    principal text;
    signed outbox.document;
    handed outbox.document;
BEGIN
    -- One after the other: two who come at once must not both be the first.
    PERFORM FROM outbox.intent WHERE id = approve.id FOR UPDATE;
    ruling := outbox.policy_in_force();
    principal := outbox.delegator_of(approve.delegation, approve.actor, approve.id);
    alone := outbox.has_written(approve.id, approve.actor)
             OR outbox.has_written(approve.id, principal);
    IF alone AND NOT (ruling.document ->> 'sole_operator')::boolean THEN
        RAISE EXCEPTION '% has a hand in intent %',
                        concat_ws(' for ', actor, principal), approve.id
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'nobody_approves_what_they_have_written',
                  TABLE = 'endorsement', SCHEMA = 'outbox';
    END IF;
    PERFORM outbox.heed(approve.id, approve.version, approve.actor, 'approved',
                        ruling.document);
    IF outbox.is_decoy(approve.id) THEN
        PERFORM outbox.meet(approve.id, approve.digest, approve.actor, 'approved',
                            ruling.document);
        RETURN 0;
    END IF;
    missing := outbox.seal(approve.id, approve.version, approve.digest, approve.manifest,
                           approve.actor, approve.valid_for, approve.hold, ruling,
                           approve.document, principal, approve.delegation, alone);
    IF missing IS NOT NULL THEN
        RETURN missing;
    END IF;
    PERFORM outbox.unseal(approve.id, approve.actor, principal, true, ruling);
    given := outbox.endorse(approve.id, approve.version, approve.digest, approve.manifest,
                            approve.actor, approve.valid_for, approve.hold, ruling,
                            approve.document, principal, approve.delegation, alone);
    tightened := coalesce(outbox.tightened_until(approve.actor),
                          outbox.tightened_until(principal));
    IF tightened IS NOT NULL THEN
        UPDATE outbox.approval SET extra = 1 WHERE approval.id = given.id RETURNING * INTO given;
    END IF;
    missing := outbox.lacking(given, ruling.document);
    SELECT * INTO signed FROM outbox.document WHERE id = approve.document;
    SELECT document.* INTO handed
      FROM outbox.delegation JOIN outbox.document ON document.id = delegation.document_id
     WHERE delegation.id = approve.delegation;
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (approve.id, CASE missing WHEN 0 THEN 'approved' ELSE 'endorsed' END,
            approve.role, concat_ws(' for ', approve.actor, principal), approve.digest,
            jsonb_build_object('approval', given.id, 'manifest', given.manifest_digest,
                               'policy', given.policy, 'held_until', given.held_until,
                               'expires_at', given.expires_at)
            || jsonb_strip_nulls(jsonb_build_object(
                   'missing', nullif(missing, 0), 'sole_operator', nullif(alone, false),
                   'tightened_until', tightened,
                   'document', signed.digest, 'key', signed.key,
                   'delegation', approve.delegation, 'delegation_document', handed.digest,
                   'delegation_key', handed.key)));
    UPDATE outbox.intent
       SET state = 'approved', moved_by = approve.role, approval_id = given.id,
           due_at = greatest(not_before, now(), given.held_until)
     WHERE missing = 0 AND intent.id = approve.id;
    RETURN missing;
END $$;
