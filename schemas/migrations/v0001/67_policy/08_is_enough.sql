-- Whether the yes of this one person, who has written the bytes or has not, is all that the
-- policy asks for.
CREATE FUNCTION outbox.is_enough(
    held outbox.intent, giver text, wrote boolean, ruling jsonb
) RETURNS SETOF boolean LANGUAGE sql STABLE AS $$
    SELECT bool_and(approvals <= 1 AND (members IS NULL OR lower(btrim(giver)) = ANY (members)))
           AND ((ruling ->> 'sole_operator')::boolean OR NOT wrote)
      FROM outbox.needs_of(held, ruling)
$$;
