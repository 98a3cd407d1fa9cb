-- What a person's device is asked to sign: in one session, once, within minutes.  `content` is
-- what its answer is about, byte for byte as the challenge was made of it.
CREATE TABLE outbox.challenge (
    challenge  bytea  PRIMARY KEY,
    session    bigint NOT NULL,
    person     text   NOT NULL,
    purpose    text   NOT NULL,
    content    bytea  NOT NULL,
    asked_at   timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT a_challenge_is_of_32_bytes CHECK (octet_length(challenge) = 32),
    CONSTRAINT a_challenge_is_for_a_known_purpose
        CHECK (purpose IN ('passkey', 'approval', 'grant', 'delegation')),
    CONSTRAINT a_challenge_names_a_person CHECK (person <> ''),
    CONSTRAINT a_challenge_is_short CHECK (octet_length(content) <= 65536),
    CONSTRAINT a_challenge_is_answered_within_minutes
        CHECK (expires_at <= asked_at + interval '10 minutes')
);
