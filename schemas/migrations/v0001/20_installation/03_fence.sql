-- Strictly increasing: a later lease always has the larger number.
CREATE SEQUENCE outbox.fence;
