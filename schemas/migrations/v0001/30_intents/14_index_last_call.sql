CREATE INDEX intent_last_call ON outbox.intent (not_after)
    WHERE not_after IS NOT NULL AND state NOT IN ('sent', 'rejected', 'withdrawn', 'expired');
