-- The key of the draw for second looks.  Nobody reads it, and so nobody knows what is drawn.
CREATE TABLE outbox.draw (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    key      bytea NOT NULL
);
