CREATE INDEX intent_closed ON outbox.intent (state, moved_at)
    WHERE state IN ('rejected', 'withdrawn', 'expired');
