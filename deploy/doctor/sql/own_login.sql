-- Who is connected, and whether that one may do everything.
SELECT session_user::text, pg_has_role(session_user, 'holdshort_owner', 'MEMBER'),
       pg_has_role(session_user, 'holdshort_sender', 'MEMBER')
