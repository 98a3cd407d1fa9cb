-- What each producer's intents came to, hour by hour, counted off the receipts as they are put
-- into the log: each once, by the one who holds it.  Nothing is decided by it.
CREATE TABLE outbox.tally (
    hour     timestamptz NOT NULL,
    tenant   text NOT NULL,
    producer text NOT NULL,
    proposed bigint NOT NULL,
    approved bigint NOT NULL,
    rejected bigint NOT NULL,
    sent_back bigint NOT NULL,
    sent     bigint NOT NULL,
    stranded bigint NOT NULL,
    PRIMARY KEY (hour, tenant, producer)
);
