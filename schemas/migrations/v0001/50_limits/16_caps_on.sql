-- The caps that an attempt of this intent counts for, each with what it counts there and how
-- much.
CREATE FUNCTION outbox.caps_on(
    claimed bigint
) RETURNS TABLE (scope text, name text, most bigint, span interval, weight bigint)
LANGUAGE sql STABLE AS $$
    SELECT mine.scope, mine.name, cap.most, cap.span, mine.weight
      FROM outbox.cap JOIN outbox.scopes_of(claimed) AS mine
        ON mine.scope = cap.scope AND cap.name IN ('', mine.name)
     WHERE cap.lifted_at IS NULL
$$;
