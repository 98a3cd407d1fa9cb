-- Roles of ours that are missing, or that are more than a group.
SELECT asked.name || CASE WHEN pg_roles.oid IS NULL THEN ' is missing'
                          ELSE ' has attributes of its own' END
  FROM unnest(%(roles)s::text[]) AS asked (name)
  LEFT JOIN pg_roles ON rolname = asked.name
 WHERE pg_roles.oid IS NULL OR rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb
    OR rolreplication OR rolbypassrls
 ORDER BY 1
