-- Like the intents that a grant is for.
CREATE POLICY a_bound_login_has_its_tenants ON outbox.standing_grant
    USING (coalesce(tenant = ANY ((SELECT array_agg(tenancy.tenant) FROM outbox.tenancy
                                    WHERE tenancy.login = session_user)::text[]), true));
