-- What was said about an intent that waits for a person, once in each of its waits.
CREATE TABLE outbox.reminder (
    intent_id bigint NOT NULL REFERENCES outbox.intent (id),
    since     timestamptz NOT NULL,
    step      text   NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_step_is_taken_once UNIQUE (intent_id, since, step),
    CONSTRAINT a_step_is_a_known_one CHECK (step IN ('reminded', 'escalated'))
);
