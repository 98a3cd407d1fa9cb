-- Where an intent stands that this login has proposed, and in words; no row for any other.
-- What was stranded and given up is rejected, too, and may have left.
CREATE FUNCTION outbox.standing(wanted bigint)
RETURNS TABLE (state text, said text, version int, digest text, moved_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT mine.state,
           CASE mine.state
           WHEN 'sent_back' THEN 'held, not sent: a person asks for another version'
           WHEN 'approved' THEN 'not sent yet: a person has approved it'
           WHEN 'sending' THEN 'not sent yet: a person has approved it'
           WHEN 'releasing' THEN 'it may be leaving at this moment'
           WHEN 'sent' THEN 'sent, once'
           WHEN 'stranded' THEN 'nobody knows whether it was sent: a person finds out'
           WHEN 'rejected' THEN 'it will not be sent any more: a person said no'
           WHEN 'withdrawn' THEN 'not sent, and it will not be: it was taken back'
           WHEN 'expired' THEN 'not sent, and it will not be: its time has passed'
           ELSE 'held, not sent: it waits for a person''s approval'
           END,
           mine.version, mine.digest, mine.moved_at
      FROM outbox.intent AS mine
     WHERE mine.id = standing.wanted AND mine.login = session_user
       AND NOT outbox.is_decoy(mine.id);
END $$;
