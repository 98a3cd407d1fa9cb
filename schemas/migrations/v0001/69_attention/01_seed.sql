-- Known-bad items that wait to be planted among what agents propose, each at a moment that was
-- drawn.  Nobody reads this table: who reads it would know them when they come.
CREATE TABLE outbox.seed (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    for_tenant text  NOT NULL,
    producer   text,
    channel    text  NOT NULL,
    content    bytea NOT NULL,
    flaw       text  NOT NULL,
    seeded_by  text  NOT NULL,
    seeded_at  timestamptz NOT NULL DEFAULT now(),
    due_at     timestamptz NOT NULL,
    CONSTRAINT a_seed_says_what_is_wrong_with_it CHECK (flaw ~ '\S'),
    CONSTRAINT a_seed_names_a_person CHECK (seeded_by <> ''),
    CONSTRAINT a_seed_is_at_most_a_megabyte CHECK (octet_length(content) <= 1024 * 1024)
);
