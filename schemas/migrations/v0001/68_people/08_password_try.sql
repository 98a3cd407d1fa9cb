-- A password that was tried and was not right, or not yet: what the throttle counts.  Of a
-- name that was typed only four bytes of a digest are kept, for it may be a password.
CREATE TABLE outbox.password_try (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    bytea NOT NULL,
    address text NOT NULL,
    at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_tried_name_is_not_kept CHECK (octet_length(name) = 4)
);
