-- The law: every legal change of state.  Loaded from `outbox.lifecycle.MOVES`.
CREATE TABLE outbox.move (
    source text NOT NULL,
    target text NOT NULL,
    role   text NOT NULL,
    PRIMARY KEY (source, target, role)
);
