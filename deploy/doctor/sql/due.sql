-- For how long the oldest intent is due to be scored, routed and, where sending is on, sent.
SELECT role, coalesce(now() - min(due_at), interval '0')
  FROM (VALUES ('scorer', 'submitted'), ('router', 'scored'), ('sender', 'approved'))
       AS stage (role, takes)
  LEFT JOIN outbox.intent
    ON state = takes AND state IN ('submitted', 'scored', 'approved') AND due_at <= now()
   AND (role <> 'sender' OR EXISTS (SELECT FROM outbox.switch WHERE outbound))
 GROUP BY role
