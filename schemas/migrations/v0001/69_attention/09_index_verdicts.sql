CREATE INDEX verdict_of_person ON outbox.verdict (person, at);
