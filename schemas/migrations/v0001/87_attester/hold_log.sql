-- Hold the log: one attester at a time.  Nothing back means that another one is at it.
-- A lock of this transaction, so that it works through any pooler; and if this attester
-- hangs, the server ends its session, and so lets another one go on.
CREATE FUNCTION outbox.hold_log() RETURNS TABLE (origin text, timeout text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT origin, set_config('idle_in_transaction_session_timeout', '30s', true)
      FROM outbox.log FOR UPDATE SKIP LOCKED;
END $$;
