INSERT INTO outbox.switch (outbound, flipped_by) VALUES (false, 'migration');
