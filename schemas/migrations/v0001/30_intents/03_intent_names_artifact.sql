ALTER TABLE outbox.intent ADD CONSTRAINT an_intent_names_its_own_artifact
    FOREIGN KEY (id, version, digest) REFERENCES outbox.artifact (intent_id, version, digest);
