-- What people decided in the last %(days)s days where a scorer had said so much, apart from what
-- they decided in the last %(recent)s of them; days are whole ones, with the present one.  Of
-- scorers whose names are like %(named)s, and of all together always.
SELECT channel, scorer, version, held, hundredth,
       day > now() - make_interval(days => %(recent)s) AS recent,
       sum(decided)::bigint AS decided, sum(approved)::bigint AS approved,
       sum(confidences) AS confidences, sum(squares) AS squares
  FROM outbox.calibration
 WHERE day > now() - make_interval(days => %(days)s)
   AND (scorer = '' OR scorer LIKE %(named)s)
 GROUP BY 1, 2, 3, 4, 5, 6
