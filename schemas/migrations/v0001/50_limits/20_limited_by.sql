-- Why each of these may not leave now, in one word; NULL if no limit stands in its way.  What a
-- person must mend goes before what passes.  Mostly neither a cap nor quiet hours stand: then
-- only the rest is looked at.
CREATE FUNCTION outbox.limited_by(claimed bigint[]) RETURNS TABLE (id bigint, reason text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    instant timestamptz := clock_timestamp();
BEGIN
    IF EXISTS (SELECT FROM outbox.cap WHERE lifted_at IS NULL
               UNION ALL SELECT FROM outbox.quiet_hours WHERE lifted_at IS NULL) THEN
        RETURN QUERY SELECT one, (SELECT reason FROM outbox.limits(one, instant)
                                   ORDER BY until DESC NULLS FIRST, reason DESC LIMIT 1)
                       FROM (SELECT DISTINCT unnest(claimed)) AS each (one);
    ELSE
        RETURN QUERY SELECT one, (SELECT reason FROM outbox.own_limits(one, instant)
                                   ORDER BY until DESC NULLS FIRST, reason DESC LIMIT 1)
                       FROM (SELECT DISTINCT unnest(claimed)) AS each (one);
    END IF;
END $$;
