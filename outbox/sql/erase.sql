-- Erase what an intent said; see the function for what goes.
SELECT outbox.erase(%(id)s, %(actor)s, %(reason)s)
