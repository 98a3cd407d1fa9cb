-- Like the intents that are counted.
CREATE POLICY a_bound_login_has_its_tenants ON outbox.calibration
    USING (coalesce(tenant = ANY ((SELECT array_agg(tenancy.tenant) FROM outbox.tenancy
                                    WHERE tenancy.login = session_user)::text[]), true));
