-- The log of moves.  A change of state that is not a row of the law cannot commit.
CREATE TABLE outbox.event (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id   bigint NOT NULL REFERENCES outbox.intent (id),
    source      text   NOT NULL,
    target      text   NOT NULL,
    role        text   NOT NULL,
    version     int    NOT NULL,
    digest      text   NOT NULL,
    traceparent text,
    at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT only_legal_moves
        FOREIGN KEY (source, target, role) REFERENCES outbox.move (source, target, role)
);
