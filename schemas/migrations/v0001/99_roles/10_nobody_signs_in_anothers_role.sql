CREATE POLICY nobody_acts_in_anothers_role ON outbox.receipt AS RESTRICTIVE
    FOR INSERT WITH CHECK (outbox.acts_as(role));
