-- Arm sending at this very place: from now on this row is the one that counts.
INSERT INTO outbox.epoch (system_identifier, timeline, database_oid, database,
                          environment, nonce, armed_by)
SELECT here.system_identifier, here.timeline, here.database_oid, here.database,
       %(environment)s, %(nonce)s, %(actor)s
  FROM outbox.place() AS here
