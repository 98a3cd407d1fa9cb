-- Hours in which nothing leaves, by a clock on the wall of a time zone; set and lifted like a
-- cap.  They begin on these days (1 is Monday); if they end no later than they begin, they
-- end on the day after.
CREATE TABLE outbox.quiet_hours (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope     text NOT NULL,
    name      text NOT NULL,
    days      int[] NOT NULL,
    starts    time NOT NULL,
    ends      time NOT NULL,
    zone      text NOT NULL,
    set_by    text NOT NULL,
    set_at    timestamptz NOT NULL DEFAULT now(),
    lifted_by text,
    lifted_at timestamptz,
    CONSTRAINT quiet_hours_are_set_once
        UNIQUE NULLS NOT DISTINCT (scope, name, days, starts, ends, zone, lifted_at),
    CONSTRAINT quiet_hours_are_of_a_known_scope
        CHECK (scope IN ('everything', 'channel', 'producer', 'domain')),
    CONSTRAINT quiet_hours_are_of_everything_or_of_a_name
        CHECK ((scope = 'everything') = (name = '')),
    CONSTRAINT quiet_hours_begin_on_some_day
        CHECK (days <> '{}' AND days <@ '{1,2,3,4,5,6,7}'),
    CONSTRAINT quiet_hours_begin_and_end_on_a_clock
        CHECK (starts < time '24:00' AND ends < time '24:00'),
    CONSTRAINT quiet_hours_name_a_person CHECK (set_by <> '' AND lifted_by <> ''),
    CONSTRAINT lifted_quiet_hours_say_by_whom
        CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
