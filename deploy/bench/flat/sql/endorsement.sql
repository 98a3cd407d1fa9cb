INSERT INTO outbox.endorsement (id, approval_id, intent_id, approver, wrote, at)
OVERRIDING SYSTEM VALUE
SELECT n, n, n, 'ada', false, decided_at FROM seeded WHERE is_approved ORDER BY n
