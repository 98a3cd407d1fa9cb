-- How long each producer's intents have waited for a person's yes, by the median of the last
-- 1000 approvals; what a standing grant has approved waits for nobody.
SELECT producer, percentile_cont(0.5) WITHIN GROUP (ORDER BY approved_at - began.at) AS wait
  FROM (SELECT id, intent_id, approved_at FROM outbox.approval
         ORDER BY id DESC LIMIT 1000) AS latest
  JOIN outbox.intent ON intent.id = latest.intent_id
 CROSS JOIN LATERAL (
       SELECT at FROM outbox.event
        WHERE event.intent_id = latest.intent_id AND source IS NOT NULL
          AND target IN ('in_review', 'awaiting_approval') AND at <= approved_at
        ORDER BY seq DESC LIMIT 1) AS began
 WHERE NOT EXISTS (SELECT FROM outbox.endorsement
                    WHERE approval_id = latest.id AND grant_id IS NOT NULL)
 GROUP BY producer
