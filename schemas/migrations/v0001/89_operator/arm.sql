-- Arm sending at this very place: from now on this row is the one that counts.
-- The receipt spells the system's number: it is larger than JSON numbers are everywhere.
CREATE FUNCTION outbox.arm(environment text, nonce text, actor text, role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    WITH armed AS (
        INSERT INTO outbox.epoch (system_identifier, timeline, database_oid, database,
                                  environment, nonce, armed_by)
        SELECT here.system_identifier, here.timeline, here.database_oid, here.database,
               arm.environment, arm.nonce, arm.actor
          FROM outbox.place() AS here
        RETURNING *
    )
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    SELECT 'epoch', arm.role, armed_by,
           jsonb_build_object('system', system_identifier::text, 'timeline', timeline,
                              'database', database, 'environment', environment)
      FROM armed;
END $$;
