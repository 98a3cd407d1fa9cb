-- The name of this installation, and how many people the approval of this intent needs.
SELECT log.origin, coalesce(approval.needed, 1)
  FROM outbox.log, outbox.intent LEFT JOIN outbox.approval ON approval.id = approval_id
 WHERE intent.id = %(id)s
