-- How much of each cap that stands for one name is used in its window; of what counts, no more
-- than the newest 5000 are read: then the number is too small, and not `whole`.
CREATE FUNCTION outbox.caps_in_use() RETURNS TABLE (id bigint, used bigint, whole boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT cap.id, coalesce(sum(weight), 0)::bigint, count(weight) < 5000
      FROM outbox.cap
      LEFT JOIN LATERAL (
           SELECT weight FROM outbox.counted
            WHERE counted.scope = cap.scope AND counted.name = cap.name
              AND at > clock_timestamp() - cap.span
            ORDER BY at DESC LIMIT 5000) AS newest ON true
     WHERE lifted_at IS NULL AND (cap.scope = 'everything' OR cap.name <> '')
     GROUP BY cap.id ORDER BY cap.id;
END $$;
