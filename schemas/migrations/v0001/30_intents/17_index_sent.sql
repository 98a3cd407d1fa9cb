CREATE INDEX intent_sent ON outbox.intent (moved_at) WHERE state = 'sent';
