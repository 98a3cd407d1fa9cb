-- Every login that is in a group of ours, with its groups and whatever else it could use.
SELECT rolname::text,
       ARRAY(SELECT name FROM unnest(%(roles)s::text[]) AS asked (name)
              WHERE pg_has_role(pg_roles.oid, name, 'MEMBER') ORDER BY name),
       ARRAY(SELECT rolname::text FROM pg_roles AS other
              WHERE pg_has_role(pg_roles.oid, other.oid, 'MEMBER') AND other.rolname IN (
                  'pg_execute_server_program', 'pg_read_server_files',
                  'pg_write_server_files', 'pg_read_all_data', 'pg_write_all_data')
              UNION ALL
             SELECT attribute FROM (VALUES ('CREATEROLE', rolcreaterole),
                  ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls))
                  AS of_its_own (attribute, has) WHERE has
              ORDER BY 1)
  FROM pg_roles
 WHERE rolcanlogin AND NOT rolsuper AND EXISTS (
       SELECT FROM unnest(%(roles)s::text[]) AS asked (name)
        WHERE pg_has_role(pg_roles.oid, name, 'MEMBER'))
 ORDER BY 1
