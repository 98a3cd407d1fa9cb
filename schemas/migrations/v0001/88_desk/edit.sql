-- Write a new version of the artifact.  It is scored again and needs a new approval.
CREATE FUNCTION outbox.edit(
    id bigint, version int, digest text, actor text, role text, content bytea,
    new_digest text
) RETURNS SETOF int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH written AS (
        INSERT INTO outbox.artifact (intent_id, version, digest, content, written_by)
        VALUES (edit.id, edit.version + 1, edit.new_digest, edit.content, edit.actor)
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
    RETURNING intent.version;
END $$;
