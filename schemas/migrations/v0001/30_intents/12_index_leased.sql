CREATE INDEX intent_leased ON outbox.intent (lease_expires_at)
    WHERE state IN ('scoring', 'sending', 'releasing');
