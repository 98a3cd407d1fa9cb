CREATE INDEX approval_by_intent ON outbox.approval (intent_id);
