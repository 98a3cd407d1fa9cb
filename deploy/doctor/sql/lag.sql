-- How many receipts wait for an attester, and since when the first of them.
SELECT count(*), coalesce(now() - min(receipt.at), interval '0')
  FROM outbox.unattested JOIN outbox.receipt ON receipt.id = unattested.receipt_id
