-- Who counts for the same cap waits here, until the end of the transaction; in one order for
-- all, so that nobody waits for each other.
CREATE FUNCTION outbox.wait_for_caps(claimed bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM outbox.cap WHERE lifted_at IS NULL) THEN
        PERFORM pg_advisory_xact_lock(queue.number)
           FROM (SELECT DISTINCT
                        hashtextextended('outbox.cap ' || scope || ' ' || name, 0) AS number
                   FROM unnest(claimed) AS one, outbox.caps_on(one) ORDER BY number) AS queue;
    END IF;
END $$;
