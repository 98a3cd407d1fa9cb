-- What in the schema belongs to somebody else.
SELECT kind || ' ' || name
  FROM (SELECT 'schema', nspname, nspowner FROM pg_namespace WHERE nspname = 'outbox'
         UNION ALL
        SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, relname, relowner
          FROM pg_class WHERE relnamespace = 'outbox'::regnamespace AND relkind IN ('r', 'S')
         UNION ALL
        SELECT 'function', proname, proowner
          FROM pg_proc WHERE pronamespace = 'outbox'::regnamespace) AS thing (kind, name, owner)
 WHERE owner IS DISTINCT FROM to_regrole('holdshort_owner')
 ORDER BY 1
