-- How each person has decided in so many days.
SELECT * FROM outbox.attention(%(days)s)
