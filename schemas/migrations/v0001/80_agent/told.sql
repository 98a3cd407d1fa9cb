-- What became of an intent that was proposed under this agent's name, for it to know: what was
-- done and when; why, only where a person tells it so.
CREATE FUNCTION outbox.told(token bytea, wanted bigint)
RETURNS TABLE (kind text, at timestamptz, because text, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT said.kind, said.at,
           CASE WHEN said.kind IN ('rejected', 'sent_back') THEN evidence ->> 'because' END,
           CASE WHEN said.kind IN ('rejected', 'sent_back') THEN evidence ->> 'reason' END
      FROM outbox.proposed(told.token, told.wanted, told.wanted, 1) AS mine
      JOIN outbox.receipt AS said ON said.intent_id = mine.id
     ORDER BY said.id;
END $$;
