-- Who may sign in with a password.  Like a cap, it stands or it has ended: made and disabled by
-- a named person, and who comes back gets another one.  Whose last one was disabled is let in
-- by no way, whoever vouches for them.
CREATE TABLE outbox.account (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL,
    made_by     text NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT now(),
    disabled_by text,
    disabled_at timestamptz,
    CONSTRAINT an_account_is_of_a_name CHECK (outbox.is_name(name)),
    CONSTRAINT an_account_says_who_made_it CHECK (made_by <> '' AND disabled_by <> ''),
    CONSTRAINT a_disabled_account_says_by_whom
        CHECK ((disabled_at IS NULL) = (disabled_by IS NULL))
);
