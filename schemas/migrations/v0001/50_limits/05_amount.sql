-- How much money one version of an artifact is about, read off its bytes, in the smallest
-- unit of its currency.  No row: it names none.  No value: it names one that nobody can read.
CREATE TABLE outbox.amount (
    intent_id bigint NOT NULL,
    version   int    NOT NULL,
    value     bigint,
    currency  text,
    PRIMARY KEY (intent_id, version),
    CONSTRAINT an_amount_is_of_an_artifact
        FOREIGN KEY (intent_id, version) REFERENCES outbox.artifact (intent_id, version),
    CONSTRAINT an_amount_is_of_a_currency CHECK ((value IS NULL) = (currency IS NULL)),
    CONSTRAINT an_amount_takes_nothing_off CHECK (value >= 0)
);
