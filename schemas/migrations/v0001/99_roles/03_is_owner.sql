-- Whether who is connected may do everything: the owner's members, and superusers.
-- The connection counts, not the function that it has called.
CREATE FUNCTION outbox.is_owner() RETURNS boolean
LANGUAGE sql STABLE RETURN pg_has_role(session_user, 'holdshort_owner', 'MEMBER');
