-- Turn the switch.  The exclusive lock waits for the permits that are being given.
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtext('outbox.switch'))
), kept AS (
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    SELECT 'switch', %(role)s, %(actor)s,
           jsonb_build_object('outbound', %(outbound)s::boolean)
      FROM alone
)
INSERT INTO outbox.switch AS switch (outbound, flipped_by)
SELECT %(outbound)s, %(actor)s FROM alone
ON CONFLICT (only_row) DO UPDATE
   SET outbound = excluded.outbound, flipped_by = excluded.flipped_by, flipped_at = now()
