-- Why what was given for this approval counts no longer, in one word; NULL if none of it was
-- taken back or is over.  A sender knows that, too: this says it at the very instant of the
-- permit.
CREATE FUNCTION outbox.authority_refusal(given bigint) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
    SELECT why.reason
      FROM outbox.endorsement
      LEFT JOIN outbox.standing_grant ON standing_grant.id = endorsement.grant_id
      LEFT JOIN outbox.delegation ON delegation.id = endorsement.delegation_id
      LEFT JOIN LATERAL (
           SELECT CASE word.about WHEN document.key THEN 'key_revoked'
                                  ELSE 'approval_revoked' END AS reason
             FROM outbox.document
             JOIN outbox.document AS word
               ON word.kind = 'revocation' AND word.about IN (document.key, document.digest)
            WHERE document.id IN (endorsement.document_id, delegation.document_id)
            LIMIT 1) AS taken ON true
     CROSS JOIN LATERAL (
           SELECT CASE
               WHEN standing_grant.revoked_at IS NOT NULL THEN 'grant_revoked'
               WHEN standing_grant.expires_at <= clock_timestamp() THEN 'grant_expired'
               WHEN delegation.revoked_at IS NOT NULL THEN 'delegation_revoked'
               WHEN delegation.expires_at <= clock_timestamp() THEN 'delegation_expired'
               ELSE taken.reason
           END AS reason) AS why
     WHERE endorsement.approval_id = given AND why.reason IS NOT NULL
     LIMIT 1
$$;
