-- Until when this person's yes needs one more.
SELECT outbox.tightened_until(%(person)s) AS until
