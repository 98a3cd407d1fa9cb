-- Who is signed in, how, since when, and until when: of what the browser holds, only the
-- SHA-256 is here.  `fresh_at` is when the person last proved who they are, as far as we know.
CREATE TABLE outbox.session (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash       bytea NOT NULL,
    person     text NOT NULL,
    way        text NOT NULL,
    agent      text NOT NULL,
    began_at   timestamptz NOT NULL DEFAULT now(),
    fresh_at   timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL DEFAULT now(),
    idle       interval NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_by text,
    revoked_at timestamptz,
    CONSTRAINT one_browser_holds_one_session UNIQUE (hash),
    CONSTRAINT a_session_is_kept_as_a_digest CHECK (octet_length(hash) = 32),
    CONSTRAINT a_session_is_of_a_name CHECK (outbox.is_name(person)),
    CONSTRAINT a_session_began_in_a_known_way
        CHECK (way IN ('once', 'password', 'oidc', 'proxy')),
    CONSTRAINT a_session_says_little_of_its_browser CHECK (length(agent) <= 100),
    CONSTRAINT a_session_ends_within_a_month
        CHECK (expires_at BETWEEN began_at AND began_at + interval '31 days'),
    CONSTRAINT nobody_proves_who_they_are_ahead_of_time CHECK (fresh_at <= seen_at),
    CONSTRAINT a_revoked_session_says_by_whom
        CHECK ((revoked_at IS NULL) = (revoked_by IS NULL) AND revoked_by <> '')
);
