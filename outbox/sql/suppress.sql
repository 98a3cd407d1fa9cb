-- Let nothing leave to it.  The exclusive lock waits for the permits that are being given.
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtext('outbox.switch'))
)
INSERT INTO outbox.suppression (target, reason, set_by)
SELECT %(target)s, %(reason)s, %(actor)s FROM alone
RETURNING id
