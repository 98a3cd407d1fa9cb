-- An intent is erased once.
CREATE UNIQUE INDEX an_intent_is_erased_once ON outbox.receipt (intent_id) WHERE kind = 'erased';
