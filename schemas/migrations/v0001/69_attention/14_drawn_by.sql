INSERT INTO outbox.draw (key) VALUES (outbox.new_secret());
