CREATE INDEX deferral_until ON outbox.deferral (until);
