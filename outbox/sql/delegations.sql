-- Every delegation, the newest first.
SELECT id, delegator, delegate, not_before, expires_at, document, content,
       document_id IS NOT NULL AS signed, given_at, revoked_at, revoked_by
  FROM outbox.delegation ORDER BY id DESC
