-- Each yes and no of a person, and how long they had it open: `took` is nothing where that was
-- not seen.  Who says nothing is not here.
CREATE TABLE outbox.verdict (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person  text   NOT NULL,
    intent  bigint NOT NULL REFERENCES outbox.intent (id),
    version int    NOT NULL,
    said    text   NOT NULL,
    batch   text   NOT NULL,
    took    interval,
    hasty   boolean NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT a_verdict_is_a_yes_or_a_no CHECK (said IN ('approved', 'rejected', 'sent_back'))
);
