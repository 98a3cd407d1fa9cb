-- Keep what was signed of the log at this size.
CREATE FUNCTION outbox.keep_checkpoint(size bigint, note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO outbox.checkpoint (size, note)
    VALUES (keep_checkpoint.size, keep_checkpoint.note);
END $$;
