CREATE INDEX look_together ON outbox.look (person, batch) WHERE batch <> '';
