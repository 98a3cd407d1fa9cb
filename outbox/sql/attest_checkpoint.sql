-- Keep what was signed of the log at this size.
INSERT INTO outbox.checkpoint (size, note) VALUES (%(size)s, %(note)s)
