-- Whether who is connected may act in this role of the law.
CREATE FUNCTION outbox.acts_as(role text) RETURNS boolean
LANGUAGE sql STABLE RETURN outbox.is_owner() OR CASE role
    WHEN 'agent' THEN pg_has_role(session_user, 'holdshort_agent', 'MEMBER')
    WHEN 'scorer' THEN pg_has_role(session_user, 'holdshort_scorer', 'MEMBER')
    WHEN 'router' THEN pg_has_role(session_user, 'holdshort_router', 'MEMBER')
    WHEN 'granter' THEN pg_has_role(session_user, 'holdshort_granter', 'MEMBER')
    WHEN 'sender' THEN pg_has_role(session_user, 'holdshort_sender', 'MEMBER')
    WHEN 'sweeper' THEN pg_has_role(session_user, 'holdshort_sweeper', 'MEMBER')
    WHEN 'human' THEN pg_has_role(session_user, 'holdshort_reviewer', 'MEMBER')
                   OR pg_has_role(session_user, 'holdshort_operator', 'MEMBER')
    ELSE false END;
