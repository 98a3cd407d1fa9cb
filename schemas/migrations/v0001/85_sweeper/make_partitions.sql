-- Make the partition of events that is in use, and the next ones, where they are missing; say
-- which.  Each has 2^25 numbers.  Whoever writes to one directly passes by what stands before
-- its table, so nobody may.
-- To attach one waits for who reads the rest, and not for long: the next look tries again.  A
-- partition whose events are in the rest already stays there.  Of two who make the same one,
-- one does.
CREATE FUNCTION outbox.make_partitions(ahead int DEFAULT 2) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET lock_timeout = '50ms' AS $$
DECLARE
    one bigint;
    name text;
BEGIN
    FOR one IN SELECT place FROM outbox.event_seq_seq
                CROSS JOIN generate_series(last_value >> 25,
                                           (last_value >> 25) + make_partitions.ahead) AS place
                WHERE to_regclass('outbox.event_' || place) IS NULL LOOP
        name := 'event_' || one;
        BEGIN
            EXECUTE format('CREATE TABLE outbox.%I (LIKE outbox.event INCLUDING CONSTRAINTS)', name);
            EXECUTE format('CREATE TRIGGER it_is_written_through_its_table'
                           ' BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON outbox.%I'
                           ' FOR EACH STATEMENT EXECUTE FUNCTION outbox.refuse()', name);
            EXECUTE format('ALTER TABLE outbox.%I ENABLE ALWAYS TRIGGER'
                           ' it_is_written_through_its_table', name);
            EXECUTE format('ALTER TABLE outbox.event ATTACH PARTITION outbox.%I'
                           ' FOR VALUES FROM (%s) TO (%s)', name, one << 25, (one + 1) << 25);
            RETURN NEXT name;
        EXCEPTION WHEN lock_not_available OR check_violation OR duplicate_table OR unique_violation
            THEN NULL;
        END;
    END LOOP;
END $$;
