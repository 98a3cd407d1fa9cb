-- What was approved of an intent, and what the other side has called it, for whoever asks there.
SELECT intent.state, approval.manifest,
       (SELECT evidence ->> 'message_name' FROM outbox.receipt
         WHERE receipt.intent_id = intent.id AND evidence ? 'message_name'
         ORDER BY receipt.id DESC LIMIT 1)
  FROM outbox.intent LEFT JOIN outbox.approval ON approval.id = approval_id
 WHERE intent.id = %(id)s
