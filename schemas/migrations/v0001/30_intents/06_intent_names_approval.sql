ALTER TABLE outbox.intent ADD CONSTRAINT approval_is_for_these_very_bytes
    FOREIGN KEY (approval_id, id, version, digest)
    REFERENCES outbox.approval (id, intent_id, version, digest);
