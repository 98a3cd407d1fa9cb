-- Every trigger of ours, and whether it stands in any session.
SELECT relname || '.' || tgname, tgenabled = 'A'
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
 WHERE relnamespace = 'outbox'::regnamespace AND NOT tgisinternal
