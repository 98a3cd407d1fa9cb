-- Take an approval back.  A sender that already holds the intent is refused its permit.
CREATE FUNCTION outbox.revoke(
    id bigint, digest text, actor text, role text, approval bigint, evidence jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    WITH kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        VALUES (revoke.id, 'revoked', revoke.role, revoke.actor, revoke.digest,
                revoke.evidence || jsonb_build_object('approval', revoke.approval))
    )
    UPDATE outbox.approval SET revoked_at = now(), revoked_by = revoke.actor
     WHERE id = revoke.approval AND revoked_at IS NULL;
END $$;
