-- The states held under a lease, and where the sweeper takes what was left in them.
-- Loaded from `outbox.lifecycle.LEASES`.
CREATE TABLE outbox.lease (
    state      text PRIMARY KEY,
    on_expiry  text NOT NULL,
    exhausted  text NOT NULL,
    max_claims int  NOT NULL
);
