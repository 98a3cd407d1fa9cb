-- Take a delegation back.  The exclusive lock waits for the permits that are being given:
-- once this has committed, none is given under it.
CREATE FUNCTION outbox.revoke_delegation(id bigint, actor text, reason text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    RETURN QUERY
    WITH taken AS (
        UPDATE outbox.delegation SET revoked_at = now(), revoked_by = revoke_delegation.actor
         WHERE id = revoke_delegation.id AND revoked_at IS NULL
        RETURNING id, document
    ), receipted AS (
        INSERT INTO outbox.receipt (kind, role, actor, evidence)
        SELECT 'delegation_revoked', 'human', revoke_delegation.actor,
               jsonb_build_object('delegation', id, 'document', document,
                                  'reason', revoke_delegation.reason)
          FROM taken
    )
    SELECT id FROM taken;
END $$;
