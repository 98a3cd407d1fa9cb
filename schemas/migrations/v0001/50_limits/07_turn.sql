-- When it is the turn of what rests, under each cap that it counts for: the queue in which
-- those behind it find their own place.  A turn promises nothing: the permit does not look.
CREATE TABLE outbox.turn (
    scope     text NOT NULL,
    name      text NOT NULL,
    at        timestamptz NOT NULL,
    intent_id bigint NOT NULL REFERENCES outbox.intent (id),
    weight    bigint NOT NULL,
    PRIMARY KEY (scope, name, at, intent_id) INCLUDE (weight)
);
