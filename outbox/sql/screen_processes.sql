-- When each process and person has last left a receipt, among the last 2000.
SELECT role, actor, max(at) AS last_seen
  FROM (SELECT role, actor, at FROM outbox.receipt ORDER BY id DESC LIMIT 2000) AS latest
 GROUP BY role, actor
 ORDER BY last_seen DESC, role, actor
