-- To whom this intent would leave and must not.
SELECT target FROM outbox.suppressed(%(id)s) AS target ORDER BY target
