CREATE INDEX verdict_lately ON outbox.verdict (at);
