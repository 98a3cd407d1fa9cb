-- Who would receive one version of an artifact: read off its bytes, in lower case.
CREATE TABLE outbox.recipient (
    intent_id bigint NOT NULL,
    version   int    NOT NULL,
    address   text   NOT NULL,
    domain    text   NOT NULL,
    PRIMARY KEY (intent_id, version, address),
    CONSTRAINT a_recipient_is_of_an_artifact
        FOREIGN KEY (intent_id, version) REFERENCES outbox.artifact (intent_id, version)
);
