-- What people decided where a scorer had said so much, day by day, counted off the receipts as
-- they are put into the log.  A scorer without a name stands for what all scores together came
-- to; `hundredth` is the floor of 100 times the confidence, `squares` the sum of the squared
-- differences from what was decided: 1 for a yes, 0 for a no.  Nothing is decided by it.
CREATE TABLE outbox.calibration (
    day       timestamptz NOT NULL,
    tenant    text NOT NULL,
    channel   text NOT NULL,
    scorer    text NOT NULL,
    version   text NOT NULL,
    held      boolean NOT NULL,
    hundredth smallint NOT NULL,
    decided   bigint NOT NULL,
    approved  bigint NOT NULL,
    confidences double precision NOT NULL,
    squares   double precision NOT NULL,
    PRIMARY KEY (day, tenant, channel, scorer, version, held, hundredth)
);
