-- The place before the last few moves; of none, after all of them.
SELECT coalesce((SELECT min(seq) - 1
                   FROM (SELECT seq FROM outbox.event
                          ORDER BY seq DESC LIMIT %(size)s) AS latest),
                (SELECT max(seq) FROM outbox.event), 0) AS place
