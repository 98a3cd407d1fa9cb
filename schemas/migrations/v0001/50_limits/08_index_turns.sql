CREATE INDEX turn_of_intent ON outbox.turn (intent_id);
