-- Whether the policy in force asks anything of people's attention.
SELECT document -> 'attention' IS NOT NULL AS asked
  FROM outbox.policy ORDER BY revision DESC LIMIT 1
