-- Take a standing grant back.  The exclusive lock waits for the permits that are being given:
-- once this has committed, none is given under it.
CREATE FUNCTION outbox.revoke_grant(id bigint, actor text, reason text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    RETURN QUERY
    WITH taken AS (
        UPDATE outbox.standing_grant SET revoked_at = now(), revoked_by = revoke_grant.actor
         WHERE id = revoke_grant.id AND revoked_at IS NULL
        RETURNING id, document
    ), receipted AS (
        INSERT INTO outbox.receipt (kind, role, actor, evidence)
        SELECT 'grant_revoked', 'human', revoke_grant.actor,
               jsonb_build_object('grant', id, 'document', document,
                                  'reason', revoke_grant.reason)
          FROM taken
    )
    SELECT id FROM taken;
END $$;
