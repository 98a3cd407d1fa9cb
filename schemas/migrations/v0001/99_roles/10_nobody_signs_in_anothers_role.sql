CREATE POLICY nobody_acts_in_anothers_role ON outbox.receipt AS RESTRICTIVE
    FOR INSERT WITH CHECK (
        CASE WHEN outbox.acts_as(role) THEN true
             ELSE role = 'agent' AND kind = 'persisted' AND outbox.acts_as('sweeper')
                  AND outbox.is_decoy(intent_id) END);
