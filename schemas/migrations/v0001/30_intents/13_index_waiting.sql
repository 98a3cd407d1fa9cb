CREATE INDEX intent_waiting ON outbox.intent (state, moved_at)
    WHERE state NOT IN ('sent', 'rejected', 'withdrawn', 'expired');
