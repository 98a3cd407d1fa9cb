-- How many decoys wait to be planted, how many are among the others, and how many were met.
-- Which they are nobody is told.
CREATE FUNCTION outbox.decoys() RETURNS TABLE (seeded bigint, planted bigint, met bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
    SELECT (SELECT count(*) FROM outbox.seed),
           (SELECT count(*) FROM outbox.decoy
              JOIN outbox.intent ON intent.id = decoy.intent
             WHERE state NOT IN ('withdrawn', 'expired')),
           (SELECT count(*) FROM outbox.met)
$$;
