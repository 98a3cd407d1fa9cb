-- A value that is another one once anything has changed that a screen shows.  What was given a
-- number may become visible after what has a higher one, so the last 1000 are counted, too, and
-- whoever writes at this moment is named.  Whoever is bound to tenants would look for their own
-- among all: for them it changes with every write.
SELECT CASE
       WHEN EXISTS (SELECT FROM outbox.tenancy WHERE login = session_user)
       THEN pg_current_snapshot()::text
       ELSE concat_ws('/',
           (SELECT max(seq) FROM outbox.event),
           (SELECT count(*) FROM outbox.event
             WHERE seq > (SELECT max(seq) FROM outbox.event) - 1000),
           (SELECT max(id) FROM outbox.receipt),
           (SELECT count(*) FROM outbox.receipt
             WHERE id > (SELECT max(id) FROM outbox.receipt) - 1000),
           (SELECT flipped_at FROM outbox.switch),
           (SELECT max(size) FROM outbox.checkpoint),
           (SELECT string_agg(xid::text, ',') FROM pg_snapshot_xip(pg_current_snapshot()) AS xid))
       END AS fingerprint
