-- Turn the switch.  The exclusive lock waits for the permits that are being given.
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtext('outbox.switch'))
)
INSERT INTO outbox.switch AS switch (outbound, flipped_by)
SELECT %(outbound)s, %(actor)s FROM alone
ON CONFLICT (only_row) DO UPDATE
   SET outbound = excluded.outbound, flipped_by = excluded.flipped_by, flipped_at = now()
