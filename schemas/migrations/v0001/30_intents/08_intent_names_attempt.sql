ALTER TABLE outbox.intent ADD CONSTRAINT the_attempt_spent_this_approval
    FOREIGN KEY (attempt_id, id, approval_id)
    REFERENCES outbox.attempt (id, intent_id, approval_id);
