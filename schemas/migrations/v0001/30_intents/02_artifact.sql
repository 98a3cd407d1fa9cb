-- The exact bytes of every version, named by their digest.  Never changed, never deleted.
CREATE TABLE outbox.artifact (
    intent_id  bigint NOT NULL REFERENCES outbox.intent (id),
    version    int    NOT NULL,
    digest     text   NOT NULL,
    content    bytea  NOT NULL,
    written_by text   NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (intent_id, version),
    UNIQUE (intent_id, version, digest),
    CONSTRAINT a_digest_names_these_very_bytes
        CHECK (digest = encode(sha256(content), 'hex')),
    CONSTRAINT an_artifact_is_at_most_20_megabytes
        CHECK (octet_length(content) <= 20 * 1024 * 1024)
);
