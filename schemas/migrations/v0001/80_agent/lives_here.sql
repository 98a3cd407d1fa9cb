-- Whether this database is the cell of that name, and the tenant lives in it: an agent hears of
-- no other tenant.
CREATE FUNCTION outbox.lives_here(cell text, tenant text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM outbox.cell AS here
                    WHERE here.name = lives_here.cell
                      AND lives_here.tenant = ANY (here.tenants));
END $$;
