-- Write a new version of the artifact.  It is scored again and needs a new approval.
CREATE FUNCTION outbox.edit(
    id bigint, version int, digest text, actor text, role text, content bytea
) RETURNS TABLE (new_version int, new_digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF edit.role = 'human' THEN
        IF outbox.is_decoy(edit.id) THEN
            PERFORM outbox.meet(edit.id, edit.digest, edit.actor, 'edited',
                                (outbox.policy_in_force()).document);
            RETURN QUERY SELECT edit.version, edit.digest;
            RETURN;
        END IF;
        PERFORM outbox.unseal(edit.id, edit.actor, NULL, false, outbox.policy_in_force());
    END IF;
    RETURN QUERY
    WITH written AS (
        INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)
        SELECT edit.id, edit.version + 1, encode(outbox.hmac(secret, edit.content), 'hex'),
               secret, edit.content, edit.actor
          FROM outbox.artifact WHERE intent_id = edit.id AND version = edit.version
        RETURNING version, digest
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        SELECT edit.id, 'edited', edit.role, edit.actor, digest,
               jsonb_build_object('version', version, 'was', edit.digest)
          FROM written
    )
    UPDATE outbox.intent
       SET state = 'submitted', moved_by = edit.role, claims = 0, approval_id = NULL,
           version = written.version, digest = written.digest
      FROM written WHERE intent.id = edit.id
    RETURNING intent.version, intent.digest;
END $$;
