-- Who may do what with anything in the schema; the owner's own is left out.
SELECT coalesce(nullif(grantee, 0)::regrole::text, 'PUBLIC') AS grantee, privilege_type, name
  FROM (SELECT 'SCHEMA outbox', nspowner, coalesce(nspacl, acldefault('n', nspowner))
          FROM pg_namespace WHERE nspname = 'outbox'
         UNION ALL
        SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || 'outbox.' || relname,
               relowner, coalesce(relacl, acldefault(
                   CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
          FROM pg_class WHERE relnamespace = 'outbox'::regnamespace
                          AND relkind IN ('r', 'v', 'm', 'f', 'p', 'S')
         UNION ALL
        SELECT 'TABLE outbox.' || relname, relowner, attacl
          FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
         WHERE relnamespace = 'outbox'::regnamespace AND attacl IS NOT NULL
         UNION ALL
        SELECT 'FUNCTION outbox.' || proname, proowner,
               coalesce(proacl, acldefault('f', proowner))
          FROM pg_proc WHERE pronamespace = 'outbox'::regnamespace) AS thing (name, owner, acl)
 CROSS JOIN LATERAL aclexplode(acl)
 WHERE grantee <> owner
 ORDER BY 1, 3, 2
