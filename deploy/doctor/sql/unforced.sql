-- Tables that hold something of a tenant, on which no policy is forced.
SELECT asked.name
  FROM unnest(%(tables)s::text[]) AS asked (name)
  LEFT JOIN pg_class
    ON relnamespace = 'outbox'::regnamespace AND relname = asked.name
   AND relrowsecurity AND relforcerowsecurity
   AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polpermissive)
 WHERE pg_class.oid IS NULL
 ORDER BY 1
