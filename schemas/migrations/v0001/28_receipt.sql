-- Our durable record of what each role did, with what it knew.  Only ever added to.
CREATE TABLE outbox.receipt (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id bigint NOT NULL REFERENCES outbox.intent (id),
    kind      text   NOT NULL,
    role      text   NOT NULL,
    actor     text   NOT NULL,
    digest    text   NOT NULL,
    fence     bigint,
    evidence  jsonb  NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, intent_id)
);
