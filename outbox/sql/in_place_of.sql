-- The delegation that lasts longest, of those from this person to that one that hold now.
SELECT id FROM outbox.delegation
 WHERE delegator = %(delegator)s AND delegate = %(delegate)s
   AND revoked_at IS NULL AND not_before <= now() AND expires_at > now()
 ORDER BY expires_at DESC LIMIT 1
