-- What became of each producer's intents in the last 24 hours and 30 days, by the receipts in
-- the log; hours are whole ones, with the present one.
WITH told AS (
    SELECT producer, hour > now() - interval '24 hours' AS today,
           sum(proposed) AS proposed, sum(approved) AS approved, sum(rejected) AS rejected,
           sum(sent_back) AS sent_back, sum(sent) AS sent, sum(stranded) AS stranded
      FROM outbox.tally
     WHERE hour > now() - interval '30 days'
     GROUP BY 1, 2
)
SELECT producer, today, proposed::bigint, approved::bigint, rejected::bigint,
       sent_back::bigint, sent::bigint, stranded::bigint
  FROM told
