-- Since when a version was open before a person, as the server has served it; of several that
-- were on one page, which page (`batch`).
CREATE TABLE outbox.look (
    person    text   NOT NULL,
    intent    bigint NOT NULL REFERENCES outbox.intent (id),
    version   int    NOT NULL,
    batch     text   NOT NULL DEFAULT '',
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT it_is_opened_once PRIMARY KEY (intent, version, person, batch)
);
