-- The amount that is said: no row if none is, a row without a value if nobody can read it.  If
-- it is not just a whole number and a currency, or comes twice, no reader may know another
-- amount than we count: it is unreadable.
CREATE FUNCTION outbox.amount_in(said json) RETURNS TABLE (value bigint, currency text)
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN is_plain THEN (one ->> 'value')::bigint END,
           CASE WHEN is_plain THEN one ->> 'currency' END
      FROM (SELECT ARRAY(SELECT value FROM json_each(said) WHERE key = 'amount')) AS all_of (them)
     CROSS JOIN LATERAL (SELECT them[1]) AS first_of (one)
     CROSS JOIN LATERAL (
         SELECT CASE
             WHEN cardinality(them) <> 1 OR json_typeof(one) <> 'object' THEN false
             WHEN ARRAY(SELECT key || ' ' || json_typeof(value) FROM json_each(one) ORDER BY 1)
                  <> '{currency string,value number}' THEN false
             WHEN one ->> 'currency' !~ '^[A-Z]{3}$' THEN false
             WHEN one ->> 'value' !~ '^(0|[1-9][0-9]*)$' THEN false
             ELSE (one ->> 'value')::numeric < 2 ^ 53::numeric END) AS seen (is_plain)
     WHERE said IS NULL OR cardinality(them) > 0
$$;
