-- Turn the switch.  The exclusive lock waits for the permits that are being given.
CREATE FUNCTION outbox.flip(outbound boolean, actor text, role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    WITH alone AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(hashtext('outbox.switch'))
    ), kept AS (
        INSERT INTO outbox.receipt (kind, role, actor, evidence)
        SELECT 'switch', flip.role, flip.actor,
               jsonb_build_object('outbound', flip.outbound)
          FROM alone
    )
    INSERT INTO outbox.switch AS switch (outbound, flipped_by)
    SELECT flip.outbound, flip.actor FROM alone
    ON CONFLICT (only_row) DO UPDATE
       SET outbound = excluded.outbound, flipped_by = excluded.flipped_by, flipped_at = now();
END $$;
