-- Why this may not leave now, in one word; NULL if no limit stands in its way.  What a person
-- must mend goes before what passes.  Mostly neither a cap nor quiet hours stand: then only
-- the rest is looked at.
CREATE FUNCTION outbox.limited_by(claimed bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    instant timestamptz := clock_timestamp();
BEGIN
    IF EXISTS (SELECT FROM outbox.cap WHERE lifted_at IS NULL
               UNION ALL SELECT FROM outbox.quiet_hours WHERE lifted_at IS NULL) THEN
        RETURN (SELECT reason FROM outbox.limits(claimed, instant)
                 ORDER BY until DESC NULLS FIRST, reason DESC LIMIT 1);
    END IF;
    RETURN (SELECT reason FROM outbox.own_limits(claimed, instant)
             ORDER BY until DESC NULLS FIRST, reason DESC LIMIT 1);
END $$;
