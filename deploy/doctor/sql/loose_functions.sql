-- Functions with the owner's rights that look names up where a caller may put others.
SELECT proname::text FROM pg_proc
 WHERE pronamespace = 'outbox'::regnamespace AND prosecdef
   AND NOT 'search_path=outbox, pg_temp' = ANY (coalesce(proconfig, '{}'))
 ORDER BY 1
