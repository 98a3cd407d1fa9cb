-- The same of everybody together in the last thirty days, for gauges.
CREATE FUNCTION outbox.attention_numbers()
RETURNS TABLE (decoys_caught bigint, decoys_missed bigint, overruled bigint, tightened bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
    SELECT (SELECT count(*) FROM outbox.met WHERE caught AND at > now() - interval '30 days'),
           (SELECT count(*) FROM outbox.met WHERE NOT caught AND at > now() - interval '30 days'),
           (SELECT count(*) FROM outbox.second_look
             WHERE NOT agreed AND at > now() - interval '30 days'),
           (SELECT count(DISTINCT person) FROM outbox.tightening WHERE until > now())
$$;
