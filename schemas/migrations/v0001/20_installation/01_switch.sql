-- The one switch.  The migration leaves it off.
CREATE TABLE outbox.switch (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    outbound   boolean NOT NULL,
    flipped_by text NOT NULL,
    flipped_at timestamptz NOT NULL DEFAULT now()
);
