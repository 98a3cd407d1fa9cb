CREATE INDEX intent_claimable ON outbox.intent (state, due_at, id)
    WHERE state IN ('submitted', 'scored', 'approved');
