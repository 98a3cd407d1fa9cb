-- Like the intents that are proposed with an agent's token; a person's is of no tenant.
CREATE POLICY a_bound_login_has_its_tenants ON outbox.token
    USING (coalesce(tenant = ANY ((SELECT array_agg(tenancy.tenant) FROM outbox.tenancy
                                    WHERE tenancy.login = session_user)::text[]), true));
