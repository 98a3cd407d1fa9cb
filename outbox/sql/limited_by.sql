-- Which limit stands in the way of this intent now, if any; nobody waits for it.
SELECT outbox.limited_by(%(id)s)
