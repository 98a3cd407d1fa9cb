CREATE INDEX recipient_by_address ON outbox.recipient (address, intent_id);
