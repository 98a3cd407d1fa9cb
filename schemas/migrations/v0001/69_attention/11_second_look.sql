-- What a second person said, who did not know what the first had.
CREATE TABLE outbox.second_look (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent bigint NOT NULL REFERENCES outbox.intent (id),
    first  text   NOT NULL,
    second text   NOT NULL,
    agreed boolean NOT NULL,
    at     timestamptz NOT NULL DEFAULT now()
);
