INSERT INTO outbox.checkpoint (size, note) SELECT count(*), 'seeded' FROM outbox.receipt
