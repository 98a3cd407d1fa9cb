-- Bind a login to a tenant; false if there is no such login.  Operators are of all tenants.
CREATE FUNCTION outbox.bind_login(login text, tenant text, actor text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = bind_login.login AND rolcanlogin) THEN
        RETURN false;
    END IF;
    IF pg_has_role(bind_login.login, 'holdshort_operator', 'MEMBER') THEN
        RAISE EXCEPTION 'the login % is an operator''s, who is of all tenants', bind_login.login
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM outbox.cell WHERE bind_login.tenant <> ALL (tenants)) THEN
        RAISE EXCEPTION 'the tenant % lives in another cell', bind_login.tenant
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_tenant_lives_in_one_cell', SCHEMA = 'outbox', TABLE = 'tenancy';
    END IF;
    INSERT INTO outbox.tenancy (login, tenant, bound_by)
    VALUES (bind_login.login, bind_login.tenant, bind_login.actor)
    ON CONFLICT (login, tenant) DO NOTHING;
    RETURN true;
END $$;
