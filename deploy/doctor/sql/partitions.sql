-- Whether events are in no partition of their own, and which of the next two is missing.
SELECT pg_relation_size('outbox.event_rest') > 0,
       ARRAY(SELECT 'event_' || place
               FROM generate_series(newest.place, newest.place + 1) AS place
              WHERE to_regclass('outbox.event_' || place) IS NULL)
  FROM (SELECT coalesce(max(seq), 0) >> 25 FROM outbox.event) AS newest (place)
