-- The name of this installation.
SELECT origin FROM outbox.log
