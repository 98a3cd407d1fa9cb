-- The receipts in the log: the signed statement of each, its place in the log and its
-- number in the chain of its intent (chain 0: the switch and the armings).
CREATE TABLE outbox.leaf (
    index      bigint PRIMARY KEY,
    receipt_id bigint NOT NULL,
    chain      bigint NOT NULL,
    number     int    NOT NULL,
    statement  bytea  NOT NULL,
    signature  bytea  NOT NULL,
    key        text   NOT NULL,
    before     bigint GENERATED ALWAYS AS (nullif(index, 0) - 1) STORED,
    previous   int    GENERATED ALWAYS AS (nullif(number, 1) - 1) STORED,
    CONSTRAINT a_receipt_is_logged_once UNIQUE (receipt_id),
    CONSTRAINT a_chain_does_not_fork UNIQUE (chain, number),
    CONSTRAINT only_receipts_are_logged
        FOREIGN KEY (receipt_id) REFERENCES outbox.receipt (id),
    CONSTRAINT the_log_has_no_gap FOREIGN KEY (before) REFERENCES outbox.leaf (index),
    CONSTRAINT a_chain_has_no_gap
        FOREIGN KEY (chain, previous) REFERENCES outbox.leaf (chain, number)
);
