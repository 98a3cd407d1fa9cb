-- What the attester has signed of the whole log, one for each size it stopped at.
CREATE TABLE outbox.checkpoint (
    size      bigint PRIMARY KEY,
    note      text   NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT now()
);
