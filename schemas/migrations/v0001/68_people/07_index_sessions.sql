CREATE INDEX sessions_of_a_person ON outbox.session (person, id);
