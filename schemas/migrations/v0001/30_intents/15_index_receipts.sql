CREATE INDEX receipt_of_intent ON outbox.receipt (intent_id, id);
