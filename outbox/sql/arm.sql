-- Arm sending at this very place: from now on this row is the one that counts.
-- The receipt spells the system's number: it is larger than JSON numbers are everywhere.
WITH armed AS (
    INSERT INTO outbox.epoch (system_identifier, timeline, database_oid, database,
                              environment, nonce, armed_by)
    SELECT here.system_identifier, here.timeline, here.database_oid, here.database,
           %(environment)s, %(nonce)s, %(actor)s
      FROM outbox.place() AS here
    RETURNING *
)
INSERT INTO outbox.receipt (kind, role, actor, evidence)
SELECT 'epoch', %(role)s, armed_by,
       jsonb_build_object('system', system_identifier::text, 'timeline', timeline,
                          'database', database, 'environment', environment)
  FROM armed
