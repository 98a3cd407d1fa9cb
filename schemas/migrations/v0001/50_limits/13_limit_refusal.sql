-- Why this may not leave now, in one word; NULL if no limit stands in its way.  Who counts
-- for the same cap waits here, until the end of the transaction; in one order for all, so
-- that nobody waits for each other.  The limits are looked at by what has committed then.
CREATE FUNCTION outbox.limit_refusal(claimed bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    instant timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(queue.number)
       FROM (SELECT DISTINCT hashtextextended('outbox.cap ' || scope || ' ' || name, 0)
                    AS number
               FROM outbox.caps_on(claimed) ORDER BY number) AS queue;
    instant := clock_timestamp();  -- a variable: so the plan of the limits is kept
    RETURN (SELECT reason FROM outbox.limits(claimed, instant)
             ORDER BY until DESC NULLS FIRST LIMIT 1);
END $$;
