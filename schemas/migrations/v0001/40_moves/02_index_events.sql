CREATE INDEX event_of_intent ON outbox.event (intent_id, seq);
