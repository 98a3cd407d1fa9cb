-- How many moves were recorded after a place, by where they led.
SELECT target, count(*) AS number FROM outbox.event
 WHERE seq > %(after)s AND notice IS NULL GROUP BY target ORDER BY target
