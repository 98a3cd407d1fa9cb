-- How much waits for people, and since when: no more than 1000 rows are counted of each, and of
-- those that wait in vain for long, no more than 100 in either state are looked at.
WITH asked AS MATERIALIZED (
    SELECT tier -> 'when' AS conditions,
           least((tier #>> '{within,remind}')::interval,
                 (tier #>> '{within,escalate}')::interval) AS span
      FROM (SELECT document FROM outbox.policy ORDER BY revision DESC LIMIT 1) AS ruling,
           jsonb_array_elements(ruling.document -> 'tiers') AS tier
     WHERE tier -> 'within' IS NOT NULL
), oldest AS (
    (SELECT intent AS held FROM outbox.intent
      WHERE state = 'in_review' AND moved_at <= now() - (SELECT min(span) FROM asked)
      ORDER BY moved_at LIMIT 100)
     UNION ALL
    (SELECT intent FROM outbox.intent
      WHERE state = 'awaiting_approval' AND moved_at <= now() - (SELECT min(span) FROM asked)
      ORDER BY moved_at LIMIT 100)
)
SELECT (SELECT count(*) FROM (SELECT FROM outbox.intent
                               WHERE state = 'in_review' LIMIT 1000) AS few) AS in_review,
       (SELECT min(moved_at) FROM outbox.intent WHERE state = 'in_review') AS review_since,
       (SELECT count(*) FROM (SELECT FROM outbox.intent
                               WHERE state = 'awaiting_approval' LIMIT 1000) AS few)
           AS awaiting_approval,
       (SELECT min(moved_at) FROM outbox.intent
         WHERE state = 'awaiting_approval') AS approval_since,
       (SELECT count(*) FROM (SELECT FROM outbox.intent
                               WHERE state = 'stranded' LIMIT 1000) AS few) AS stranded,
       (SELECT min(moved_at) FROM outbox.intent WHERE state = 'stranded') AS stranded_since,
       (SELECT count(*) FROM (SELECT FROM outbox.intent
                               WHERE state = 'approved' LIMIT 1000) AS few)
           + (SELECT count(*) FROM outbox.intent
               WHERE state IN ('sending', 'releasing')) AS sending,
       (SELECT count(*) FROM oldest
         WHERE EXISTS (SELECT FROM asked
                        WHERE (held).moved_at + span <= now()
                          AND outbox.is_of_tier(held, conditions))) AS overdue
