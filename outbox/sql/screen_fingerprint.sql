-- A value that is another one once anything has changed that a screen shows.  What was given a
-- number may become visible after what has a higher one, so the last 1000 are looked at, and
-- whoever writes at this moment is named.  Whoever is bound to tenants would look for their own
-- among all: for them it changes with every write.
SELECT CASE
       WHEN EXISTS (SELECT FROM outbox.tenancy WHERE login = session_user)
       THEN pg_current_snapshot()::text
       ELSE concat_ws('/',
           (SELECT max(seq) || '-' || min(seq) FROM (
               SELECT seq FROM outbox.event ORDER BY seq DESC LIMIT 1000) AS newest),
           (SELECT max(id) || '-' || min(id) FROM (
               SELECT id FROM outbox.receipt ORDER BY id DESC LIMIT 1000) AS newest),
           (SELECT flipped_at FROM outbox.switch),
           (SELECT max(size) FROM outbox.checkpoint),
           (SELECT string_agg(one::text, ',')
              FROM pg_snapshot_xip(pg_current_snapshot()) AS one))
       END AS fingerprint
