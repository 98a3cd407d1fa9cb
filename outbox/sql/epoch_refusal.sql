-- Why nothing may leave from here; NULL if nothing of the epoch speaks against it.
SELECT outbox.epoch_refusal(%(environment)s, %(nonce)s)
