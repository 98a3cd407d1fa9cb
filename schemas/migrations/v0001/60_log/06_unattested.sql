-- The narrow queue of receipts that are not in the log yet.  Never "id > last seen": ids
-- become visible in commit order, not in number order.
CREATE TABLE outbox.unattested (
    receipt_id bigint PRIMARY KEY
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0);
