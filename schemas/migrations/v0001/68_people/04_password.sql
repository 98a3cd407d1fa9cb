-- Apart from the accounts, which people may look at: nobody reads this table.
CREATE TABLE outbox.password (
    account_id bigint PRIMARY KEY REFERENCES outbox.account,
    hash       text NOT NULL,
    set_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_password_is_kept_as_argon2id CHECK (hash LIKE '$argon2id$v=19$%')
);
