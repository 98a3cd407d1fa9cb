-- Which intents are decoys: known-bad, planted to see whether people look.  Nobody reads this
-- table, and no policy of rows hides any of it from the guards that do.
CREATE TABLE outbox.decoy (
    intent     bigint PRIMARY KEY REFERENCES outbox.intent (id) DEFERRABLE INITIALLY DEFERRED,
    flaw       text NOT NULL,
    seeded_by  text NOT NULL,
    seeded_at  timestamptz NOT NULL,
    planted_at timestamptz NOT NULL DEFAULT now()
);
