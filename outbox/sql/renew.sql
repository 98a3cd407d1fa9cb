-- Renew every lease that this worker still holds; what is missing from the answer is lost.
UPDATE outbox.intent
   SET lease_expires_at = now() + %(lease)s
 WHERE state IN ('scoring', 'sending', 'releasing')
   AND lease_expires_at > now() AND leased_by = %(worker)s
RETURNING fence
