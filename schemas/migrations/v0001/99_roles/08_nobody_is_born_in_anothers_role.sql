-- The role of a move is that of who is connected, whatever a function is told; only a sweeper
-- plants decoys in the name of agents.
CREATE POLICY nobody_acts_in_anothers_role ON outbox.intent AS RESTRICTIVE
    FOR INSERT WITH CHECK (
        CASE WHEN outbox.acts_as(moved_by) THEN true
             ELSE moved_by = 'agent' AND outbox.acts_as('sweeper') AND outbox.is_decoy(id) END);
