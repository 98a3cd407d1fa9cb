-- Set a cap.  The exclusive lock waits for the permits that are being given without it.
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtext('outbox.switch'))
)
INSERT INTO outbox.cap (scope, name, most, span, set_by)
SELECT %(scope)s, %(name)s, %(most)s, make_interval(secs => %(seconds)s), %(actor)s
  FROM alone
RETURNING id
