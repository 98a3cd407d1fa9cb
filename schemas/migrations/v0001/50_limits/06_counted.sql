-- What each attempt counts for, also while no cap is set: one that is set at noon knows the
-- morning.  The key is the index that a permit counts by.  Written by a trigger of the attempt.
CREATE TABLE outbox.counted (
    scope      text NOT NULL,
    name       text NOT NULL,
    at         timestamptz NOT NULL,
    attempt_id bigint NOT NULL,
    weight     bigint NOT NULL,
    PRIMARY KEY (scope, name, at, attempt_id) INCLUDE (weight)
);
