-- When a token was last shown, to the hour: not every request is worth a write.
CREATE TABLE outbox.token_use (
    token_id bigint PRIMARY KEY REFERENCES outbox.token (id),
    used_at  timestamptz NOT NULL DEFAULT now()
);
