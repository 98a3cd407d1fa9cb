-- A link that signs a person in once: of its token, only the SHA-256 is here.
CREATE TABLE outbox.ticket (
    hash       bytea PRIMARY KEY,
    person     text NOT NULL,
    made_by    text NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    CONSTRAINT a_ticket_is_kept_as_a_digest CHECK (octet_length(hash) = 32),
    CONSTRAINT a_ticket_is_for_a_name CHECK (outbox.is_name(person)),
    CONSTRAINT a_ticket_says_who_made_it CHECK (made_by <> ''),
    CONSTRAINT a_ticket_is_good_for_an_hour_at_most
        CHECK (expires_at BETWEEN made_at AND made_at + interval '1 hour')
);
