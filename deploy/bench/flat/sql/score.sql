INSERT INTO outbox.score (id, intent_id, version, digest, fence, scorer, scorer_version,
                          confidence, reasons, scored_at)
OVERRIDING SYSTEM VALUE
SELECT n, n, 1, digest, n, 'rules', '1', confidence, '["looks fine"]', routed_at
  FROM seeded WHERE is_scored ORDER BY n
