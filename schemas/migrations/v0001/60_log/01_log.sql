-- The one log of receipts, and its name for whoever verifies it.  Only a copy of this
-- database has the same name, and its log is a fork of this one.
CREATE TABLE outbox.log (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    origin   text    NOT NULL
);
