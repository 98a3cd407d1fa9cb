-- Whether the yes of this one person is all that the policy asks for.
CREATE FUNCTION outbox.is_enough(
    held outbox.intent, giver text, ruling jsonb
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT bool_and(approvals <= 1 AND (members IS NULL OR lower(btrim(giver)) = ANY (members)))
           AND ((ruling ->> 'sole_operator')::boolean OR NOT outbox.has_written(held.id, giver))
      FROM outbox.needs_of(held, ruling)
$$;
