-- A login sees its own bindings; an operator sees all.
CREATE POLICY a_login_sees_its_own_bindings ON outbox.tenancy
    USING (login = session_user
           OR pg_has_role(session_user, 'holdshort_operator', 'MEMBER')
           OR pg_has_role(session_user, 'holdshort_owner', 'MEMBER'));
