-- The same of every later move; and an agent moves what it has proposed itself.
CREATE POLICY nobody_moves_in_anothers_role ON outbox.intent AS RESTRICTIVE
    FOR UPDATE WITH CHECK (
        outbox.acts_as(moved_by)
        AND (moved_by <> 'agent' OR login = session_user AND NOT outbox.is_decoy(id)
             OR outbox.is_owner()));
