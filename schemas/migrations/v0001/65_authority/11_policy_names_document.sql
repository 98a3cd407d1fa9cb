ALTER TABLE outbox.policy ADD CONSTRAINT a_signed_policy_names_its_document
    FOREIGN KEY (document_id) REFERENCES outbox.document (id);
