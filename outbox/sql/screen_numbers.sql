-- How much waits for people, and since when: no more than 1000 rows are counted of each, and of
-- those that wait for long, no more than 100 in either state are looked at.  What somebody has
-- deferred waits for nobody, but for whom it is escalated to.
WITH asked AS MATERIALIZED (
    SELECT tier -> 'when' AS conditions, (tier #>> ARRAY['within', name])::interval AS span,
           name = 'escalate' AS escalated
      FROM (SELECT document FROM outbox.policy ORDER BY revision DESC LIMIT 1) AS ruling,
           jsonb_array_elements(ruling.document -> 'tiers') AS tier,
           (VALUES ('remind'), ('escalate')) AS step (name)
     WHERE tier #>> ARRAY['within', name] IS NOT NULL
), oldest AS (
    (SELECT intent AS held FROM outbox.intent
      WHERE state = 'in_review' AND moved_at <= now() - (SELECT min(span) FROM asked)
      ORDER BY moved_at LIMIT 100)
     UNION ALL
    (SELECT intent FROM outbox.intent
      WHERE state = 'awaiting_approval' AND moved_at <= now() - (SELECT min(span) FROM asked)
      ORDER BY moved_at LIMIT 100)
), hidden AS MATERIALIZED (
    SELECT intent.id, intent.state
      FROM outbox.deferral
      JOIN outbox.intent ON intent.id = intent_id AND intent.moved_at = since
     WHERE until > now() AND intent.state IN ('in_review', 'awaiting_approval')
     LIMIT 1000
)
SELECT (SELECT count(*) FROM (
           SELECT FROM outbox.intent WHERE state = 'in_review'
              AND intent.id NOT IN (SELECT id FROM hidden) LIMIT 1000) AS few) AS in_review,
       (SELECT moved_at FROM outbox.intent
         WHERE state = 'in_review' AND intent.id NOT IN (SELECT id FROM hidden)
         ORDER BY moved_at LIMIT 1) AS review_since,
       (SELECT count(*) FROM (
           SELECT FROM outbox.intent WHERE state = 'awaiting_approval'
              AND intent.id NOT IN (SELECT id FROM hidden) LIMIT 1000) AS few)
           AS awaiting_approval,
       (SELECT moved_at FROM outbox.intent
         WHERE state = 'awaiting_approval' AND intent.id NOT IN (SELECT id FROM hidden)
         ORDER BY moved_at LIMIT 1) AS approval_since,
       (SELECT count(*) FROM hidden) AS deferred,
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
                          AND (escalated OR (held).id NOT IN (SELECT id FROM hidden))
                          AND outbox.is_of_tier(held, conditions))) AS overdue
