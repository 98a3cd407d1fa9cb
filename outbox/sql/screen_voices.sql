-- Who has said yes so far to what waits for more.
SELECT approver, delegator, grant_id AS grant, at
  FROM outbox.intent
  JOIN outbox.policy AS ruling
    ON ruling.revision = (SELECT max(revision) FROM outbox.policy)
  JOIN outbox.endorsement ON endorsement.approval_id = outbox.opened(intent, ruling)
 WHERE intent.id = %(id)s
 ORDER BY endorsement.id
