-- What a person said to a decoy, once; then it is over, and no secret any more.  Who has neither
-- approved nor refused it has neither missed nor caught it.
CREATE TABLE outbox.met (
    decoy  bigint PRIMARY KEY REFERENCES outbox.decoy (intent),
    person text NOT NULL,
    said   text NOT NULL,
    caught boolean,
    at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT a_decoy_is_caught_by_a_no CHECK (
        caught IS NOT DISTINCT FROM
        CASE WHEN said = 'approved' THEN false WHEN said IN ('rejected', 'sent_back') THEN true END
    )
);
