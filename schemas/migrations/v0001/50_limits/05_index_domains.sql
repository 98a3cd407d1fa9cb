CREATE INDEX recipient_by_domain ON outbox.recipient (domain, intent_id);
