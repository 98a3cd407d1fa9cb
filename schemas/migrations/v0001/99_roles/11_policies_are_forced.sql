-- Forced, since all writing is done by functions of the owner.
DO $$
DECLARE
    guarded regclass;
BEGIN
    FOR guarded IN SELECT DISTINCT polrelid::regclass FROM pg_policy
                     JOIN pg_class ON pg_class.oid = polrelid
                    WHERE relnamespace = 'outbox'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY,'
                       ' FORCE ROW LEVEL SECURITY', guarded);
    END LOOP;
END $$;
