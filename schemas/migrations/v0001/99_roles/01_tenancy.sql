-- Which tenants a login is bound to.  One without a row is bound to none: it proposes for
-- the tenant `default`, and what it may see and do holds for all of them.
CREATE TABLE outbox.tenancy (
    login    text NOT NULL,
    tenant   text NOT NULL,
    bound_by text NOT NULL,
    bound_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (login, tenant),
    CONSTRAINT a_tenant_has_a_name CHECK (tenant <> ''),
    CONSTRAINT a_binding_names_a_person CHECK (bound_by <> '')
);
