INSERT INTO outbox.tally
SELECT date_trunc('hour', at, 'UTC'), tenant, producer,
       count(*) FILTER (WHERE kind = 'persisted'), count(*) FILTER (WHERE kind = 'approved'),
       count(*) FILTER (WHERE kind = 'rejected'), count(*) FILTER (WHERE kind = 'sent_back'),
       count(*) FILTER (WHERE kind = 'sent'), count(*) FILTER (WHERE kind = 'stranded')
  FROM outbox.receipt JOIN outbox.intent ON intent.id = intent_id
 GROUP BY 1, 2, 3
