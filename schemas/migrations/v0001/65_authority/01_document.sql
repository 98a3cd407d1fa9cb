-- What people signed, as they signed it: approvals, grants, delegations, and what roots say
-- about keys and policies.  `about` is whom or what it concerns, to find it by; only the
-- signed bytes are believed.
CREATE TABLE outbox.document (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text  NOT NULL,
    digest    text  NOT NULL,
    content   bytea NOT NULL,
    signature bytea NOT NULL,
    key       text  NOT NULL,
    about     text  NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, digest),
    CONSTRAINT a_document_is_of_a_known_kind
        CHECK (kind IN ('approval', 'grant', 'delegation', 'enrolment', 'revocation', 'policy')),
    CONSTRAINT a_digest_names_this_very_document
        CHECK (digest = encode(sha256(content), 'hex')),
    CONSTRAINT a_document_is_short
        CHECK (octet_length(content) <= 65536 AND octet_length(signature) <= 8192)
);
