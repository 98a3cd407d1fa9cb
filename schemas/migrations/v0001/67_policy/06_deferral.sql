-- Until when an intent that waits for a person is put out of sight, in one wait of it: once it
-- has moved, that holds no more.
CREATE TABLE outbox.deferral (
    intent_id   bigint PRIMARY KEY REFERENCES outbox.intent (id),
    since       timestamptz NOT NULL,
    until       timestamptz NOT NULL,
    deferred_by text   NOT NULL,
    deferred_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT a_deferral_names_a_person CHECK (deferred_by <> ''),
    CONSTRAINT it_is_deferred_for_31_days_at_most
        CHECK (until > deferred_at AND until - deferred_at <= interval '31 days')
);
