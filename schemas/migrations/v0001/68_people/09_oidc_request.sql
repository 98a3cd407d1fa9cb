-- Who has left for the provider and may come back once: the SHA-256 of the state and of what
-- that browser holds, and where it wanted to go.
CREATE TABLE outbox.oidc_request (
    hash       bytea PRIMARY KEY,
    next       text NOT NULL,
    expires_at timestamptz NOT NULL DEFAULT now() + interval '10 minutes',
    CONSTRAINT a_request_is_kept_as_a_digest CHECK (octet_length(hash) = 32)
);
