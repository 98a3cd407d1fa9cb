-- Whoever is bound to tenants sees, and writes, what is of them; so the owner's functions do
-- when it is they who are called.  What is asked of the connection is asked once in a
-- statement, not for each row.
CREATE POLICY a_bound_login_has_its_tenants ON outbox.intent
    USING (coalesce(tenant = ANY ((SELECT array_agg(tenancy.tenant) FROM outbox.tenancy
                                    WHERE tenancy.login = session_user)::text[]), true));
