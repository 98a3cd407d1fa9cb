INSERT INTO outbox.log (origin) VALUES ('holdshort/' || gen_random_uuid());
