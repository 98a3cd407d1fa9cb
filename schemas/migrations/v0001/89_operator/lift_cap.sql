-- Lift a cap.  What it held back leaves once it is due.
CREATE FUNCTION outbox.lift_cap(id bigint, actor text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE outbox.cap SET lifted_at = clock_timestamp(), lifted_by = lift_cap.actor
     WHERE id = lift_cap.id AND lifted_at IS NULL
    RETURNING id;
END $$;
