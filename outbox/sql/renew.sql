-- Renew the leases that this worker still works under; what is missing from the answer is
-- lost.  Never "all of this worker's": what it has let go of must expire and be swept.
UPDATE outbox.intent
   SET lease_expires_at = now() + %(lease)s
 WHERE state IN ('scoring', 'sending', 'releasing')
   AND lease_expires_at > now() AND leased_by = %(worker)s AND fence = ANY(%(fences)s)
RETURNING fence
