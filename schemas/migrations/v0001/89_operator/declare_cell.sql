-- Say which cell this database is, and which tenants live in it.  It keeps its name, and every
-- tenant that has a login or an intent here.  Who is proposing at this moment is waited for.
CREATE FUNCTION outbox.declare_cell(name text, tenants text[], actor text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET lock_timeout = '2s' AS $$
#variable_conflict use_column
DECLARE
    broken text;
BEGIN
    LOCK TABLE outbox.intent, outbox.tenancy, outbox.cell IN SHARE ROW EXCLUSIVE MODE;
    broken := CASE
        WHEN EXISTS (SELECT FROM outbox.cell WHERE name <> declare_cell.name)
        THEN 'a_cell_keeps_its_name'
        WHEN EXISTS (SELECT FROM outbox.tenancy WHERE tenant <> ALL (declare_cell.tenants))
          OR EXISTS (SELECT FROM outbox.intent WHERE tenant <> ALL (declare_cell.tenants))
        THEN 'a_tenant_stays_in_its_cell'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'this is not declared to be the cell %', declare_cell.name
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = broken,
                  SCHEMA = 'outbox', TABLE = 'cell';
    END IF;
    INSERT INTO outbox.cell AS here (name, tenants, declared_by)
    VALUES (declare_cell.name, declare_cell.tenants, declare_cell.actor)
    ON CONFLICT (only_row) DO UPDATE
       SET tenants = excluded.tenants, declared_by = excluded.declared_by, declared_at = now();
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('cell', 'human', declare_cell.actor,
            jsonb_build_object('cell', declare_cell.name, 'tenants', declare_cell.tenants));
END $$;
