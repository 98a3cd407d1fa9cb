-- Refuse to take off the queue what is not in the log.
CREATE FUNCTION outbox.check_logged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gone LEFT JOIN outbox.leaf USING (receipt_id)
                WHERE leaf.index IS NULL) THEN
        RAISE EXCEPTION 'a receipt that is not in the log stays in its queue'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'only_the_logged_leave_the_queue',
                  TABLE = TG_TABLE_NAME, SCHEMA = 'outbox';
    END IF;
    RETURN NULL;
END $$;
