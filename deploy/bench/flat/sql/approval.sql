INSERT INTO outbox.approval (id, intent_id, version, digest, manifest, manifest_digest, approver,
                             policy, approved_at, expires_at)
OVERRIDING SYSTEM VALUE
SELECT n, n, 1, digest, secret, encode(sha256(secret), 'hex'), 'ada', 1, decided_at,
       decided_at + interval '40 days'
  FROM seeded WHERE is_approved ORDER BY n
