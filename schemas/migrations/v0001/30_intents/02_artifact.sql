-- The exact bytes of every version, named by their keyed digest.  Never changed, never deleted;
-- erased together with the secret of their intent, and then nobody can even guess them.
-- `sender` and `subject` are read off them, so that a list need not open large ones; where a
-- request goes is its subject.
CREATE TABLE outbox.artifact (
    intent_id  bigint NOT NULL REFERENCES outbox.intent (id),
    version    int    NOT NULL,
    digest     text   NOT NULL,
    secret     bytea,
    content    bytea,
    sender     text   GENERATED ALWAYS AS (outbox.field_of(content, 'sender')) STORED,
    subject    text   GENERATED ALWAYS AS (coalesce(
        outbox.field_of(content, 'subject'),
        outbox.field_of(content, 'method') || ' ' || outbox.field_of(content, 'url'))) STORED,
    written_by text   NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    erased_at  timestamptz,
    PRIMARY KEY (intent_id, version),
    UNIQUE (intent_id, version, digest),
    CONSTRAINT a_digest_names_these_very_bytes
        CHECK (digest = encode(outbox.hmac(secret, content), 'hex')),
    CONSTRAINT a_secret_has_32_bytes CHECK (octet_length(secret) = 32),
    CONSTRAINT only_the_erased_have_no_bytes CHECK (
        num_nonnulls(secret, content) = CASE WHEN erased_at IS NULL THEN 2 ELSE 0 END
    ),
    CONSTRAINT an_artifact_is_at_most_20_megabytes
        CHECK (octet_length(content) <= 20 * 1024 * 1024)
);
