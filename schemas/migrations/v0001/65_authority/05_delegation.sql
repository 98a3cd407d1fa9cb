-- A person's word that another one may approve in their place, for a time: what `content` says,
-- in its one spelling.  The other columns are read off it, to find it by.
CREATE TABLE outbox.delegation (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delegator   text NOT NULL,
    delegate    text NOT NULL,
    not_before  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    content     bytea NOT NULL,
    document    text NOT NULL,
    document_id bigint,
    given_at    timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz,
    revoked_by  text,
    CONSTRAINT a_delegation_is_given_once UNIQUE (document),
    CONSTRAINT a_delegation_ends CHECK (expires_at > not_before),
    CONSTRAINT nobody_delegates_to_themselves
        CHECK (lower(btrim(delegator)) <> lower(btrim(delegate))),
    CONSTRAINT a_digest_names_this_very_delegation
        CHECK (document = encode(sha256(content), 'hex')),
    CONSTRAINT a_delegation_names_its_document FOREIGN KEY (document_id, document)
        REFERENCES outbox.document (id, digest),
    CONSTRAINT a_revoked_delegation_names_a_person
        CHECK (revoked_by <> '' AND (revoked_at IS NULL) = (revoked_by IS NULL))
);
