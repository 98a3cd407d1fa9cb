-- For how long a person's yes needs one more, and because of what.  It ends by itself.
CREATE TABLE outbox.tightening (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person  text NOT NULL,
    because text NOT NULL,
    since   timestamptz NOT NULL DEFAULT clock_timestamp(),
    until   timestamptz NOT NULL,
    CONSTRAINT it_is_known_why_somebody_is_tightened CHECK (because IN ('missed', 'hasty')),
    CONSTRAINT a_tightening_ends CHECK (until > since AND until < 'infinity')
);
