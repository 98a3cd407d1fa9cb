-- Let mail leave in these hours again.  What they held back leaves once it is due.
CREATE FUNCTION outbox.lift_quiet_hours(id bigint, actor text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE outbox.quiet_hours
       SET lifted_at = clock_timestamp(), lifted_by = lift_quiet_hours.actor
     WHERE id = lift_quiet_hours.id AND lifted_at IS NULL
    RETURNING id;
END $$;
