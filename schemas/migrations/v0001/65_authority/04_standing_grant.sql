-- A person's leave, given in advance, for all intents of one class: what `content` says, in its
-- one spelling.  The other columns are read off it, to find it by.
CREATE TABLE outbox.standing_grant (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant      text NOT NULL,
    giver       text NOT NULL,
    channel     text NOT NULL,
    uses        int  NOT NULL,
    not_before  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    content     bytea NOT NULL,
    document    text NOT NULL,
    document_id bigint,
    given_at    timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz,
    revoked_by  text,
    UNIQUE (id, uses),
    CONSTRAINT a_grant_is_given_once UNIQUE (document),
    CONSTRAINT a_grant_ends CHECK (expires_at > not_before),
    CONSTRAINT a_digest_names_this_very_grant
        CHECK (document = encode(sha256(content), 'hex')),
    CONSTRAINT a_grant_names_its_document FOREIGN KEY (document_id, document)
        REFERENCES outbox.document (id, digest),
    CONSTRAINT a_revoked_grant_names_a_person
        CHECK (revoked_by <> '' AND (revoked_at IS NULL) = (revoked_by IS NULL))
);
