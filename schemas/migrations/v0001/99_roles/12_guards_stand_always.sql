-- Also in a session that plays a replica (session_replication_role), which skips the others.
DO $$
DECLARE
    guard record;
BEGIN
    FOR guard IN SELECT tgrelid::regclass AS guarded, tgname FROM pg_trigger
                   JOIN pg_class ON pg_class.oid = tgrelid
                  WHERE relnamespace = 'outbox'::regnamespace AND NOT tgisinternal LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', guard.guarded, guard.tgname);
    END LOOP;
END $$;
