-- A function plans each of its statements once in a session, and what it calls does so, too: to
-- plan takes longer than to do it.
DO $$
DECLARE
    called regprocedure;
BEGIN
    FOR called IN SELECT oid FROM pg_proc
                   WHERE pronamespace = 'outbox'::regnamespace AND prosecdef LOOP
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', called);
    END LOOP;
END $$;
