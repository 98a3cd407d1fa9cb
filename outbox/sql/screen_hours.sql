-- What happened in each of the last 48 hours, by the receipts in the log.
SELECT each AS hour, coalesce(sum(proposed), 0)::bigint AS proposed,
       coalesce(sum(approved), 0)::bigint AS approved, coalesce(sum(sent), 0)::bigint AS sent,
       coalesce(sum(stranded), 0)::bigint AS stranded
  FROM generate_series(date_trunc('hour', now(), 'UTC') - interval '47 hours',
                       date_trunc('hour', now(), 'UTC'), interval '1 hour') AS each
  LEFT JOIN outbox.tally ON hour = each
 GROUP BY each
 ORDER BY each
