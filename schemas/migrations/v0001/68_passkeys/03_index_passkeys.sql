CREATE INDEX passkey_by_person ON outbox.passkey (person);
