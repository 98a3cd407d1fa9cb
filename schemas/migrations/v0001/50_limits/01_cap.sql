-- At most so many attempts, or so much value, in a window; set and lifted by a named person:
-- the rows are the record of both.  No name: for each channel, producer, address, domain or
-- currency by itself.  Value is counted in the smallest unit of its currency.
CREATE TABLE outbox.cap (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope     text NOT NULL,
    name      text NOT NULL,
    most      bigint NOT NULL,
    span      interval NOT NULL,
    set_by    text NOT NULL,
    set_at    timestamptz NOT NULL DEFAULT now(),
    lifted_by text,
    lifted_at timestamptz,
    CONSTRAINT one_cap_stands_for_one_window
        UNIQUE NULLS NOT DISTINCT (scope, name, span, lifted_at),
    CONSTRAINT a_cap_is_of_a_known_scope
        CHECK (scope IN ('everything', 'channel', 'producer', 'address', 'domain', 'value')),
    CONSTRAINT everything_has_no_name CHECK (scope <> 'everything' OR name = ''),
    CONSTRAINT a_cap_counts_in_a_window CHECK (most > 0 AND span > interval '0'),
    CONSTRAINT a_cap_names_a_person CHECK (set_by <> '' AND lifted_by <> ''),
    CONSTRAINT a_lifted_cap_says_by_whom CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
