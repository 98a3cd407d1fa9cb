-- Every standing grant, the newest first, and how often it was used.
SELECT id, tenant, giver, channel, uses, not_before, expires_at, document, content,
       document_id IS NOT NULL AS signed, given_at, revoked_at, revoked_by,
       (SELECT coalesce(max(use), 0) FROM outbox.endorsement
         WHERE grant_id = standing_grant.id) AS used
  FROM outbox.standing_grant ORDER BY id DESC
