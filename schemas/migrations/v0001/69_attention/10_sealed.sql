-- The first yes to what was drawn for a second look, until somebody else has decided, too.
-- Nobody reads it: the second must not know what the first has said.
CREATE TABLE outbox.sealed (
    intent        bigint PRIMARY KEY REFERENCES outbox.intent (id),
    version       int    NOT NULL,
    digest        text   NOT NULL,
    manifest      bytea  NOT NULL,
    policy        bigint NOT NULL,
    actor         text   NOT NULL,
    principal     text,
    wrote         boolean NOT NULL,
    document_id   bigint,
    delegation_id bigint,
    sealed_at     timestamptz NOT NULL DEFAULT now(),
    held_until    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL
);
