-- Let nothing leave in these hours.  The exclusive lock waits for the permits that are being
-- given.  Only a zone by its IANA name changes its clocks when people there do.
CREATE FUNCTION outbox.set_quiet_hours(
    scope text, name text, days int[], starts time, ends time, zone text, actor text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM pg_timezone_names AS known
                    WHERE known.name = set_quiet_hours.zone) THEN
        RAISE EXCEPTION '% is no time zone', zone
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'quiet_hours_are_in_a_known_time_zone',
                  SCHEMA = 'outbox', TABLE = 'quiet_hours';
    END IF;
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    RETURN QUERY
    INSERT INTO outbox.quiet_hours (scope, name, days, starts, ends, zone, set_by)
    VALUES (set_quiet_hours.scope, set_quiet_hours.name, set_quiet_hours.days,
            set_quiet_hours.starts, set_quiet_hours.ends, set_quiet_hours.zone,
            set_quiet_hours.actor)
    RETURNING id;
END $$;
