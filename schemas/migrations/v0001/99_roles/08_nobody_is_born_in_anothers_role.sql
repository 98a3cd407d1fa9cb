-- The role of a move is that of who is connected, whatever a function is told.
CREATE POLICY nobody_acts_in_anothers_role ON outbox.intent AS RESTRICTIVE
    FOR INSERT WITH CHECK (outbox.acts_as(moved_by));
