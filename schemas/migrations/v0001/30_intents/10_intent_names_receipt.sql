ALTER TABLE outbox.intent ADD CONSTRAINT a_receipt_is_of_this_intent
    FOREIGN KEY (receipt_id, id) REFERENCES outbox.receipt (id, intent_id);
