-- What a program shows in place of a login: an agent's token, by which it proposes as this
-- producer for this tenant, or a person's.  It is kept as its SHA-256 alone.  The rows are the
-- record of who has made it, and of who has revoked it.
CREATE TABLE outbox.token (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash       bytea  NOT NULL,
    kind       text   NOT NULL,
    name       text   NOT NULL,
    tenant     text,
    made_by    text   NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    CONSTRAINT a_token_is_nobody_elses UNIQUE (hash),
    CONSTRAINT a_token_is_kept_as_its_hash CHECK (octet_length(hash) = 32),
    CONSTRAINT a_token_is_an_agents_or_a_persons CHECK (kind IN ('agent', 'person')),
    CONSTRAINT a_token_says_whose_it_is CHECK (btrim(name) <> ''),
    CONSTRAINT an_agent_proposes_for_a_tenant
        CHECK ((coalesce(tenant, '') <> '') = (kind = 'agent') AND tenant <> ''),
    CONSTRAINT a_token_names_who_made_it CHECK (btrim(made_by) <> ''),
    CONSTRAINT a_token_expires
        CHECK (expires_at > made_at AND expires_at <= made_at + interval '366 days'),
    CONSTRAINT a_revoked_token_says_by_whom CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
