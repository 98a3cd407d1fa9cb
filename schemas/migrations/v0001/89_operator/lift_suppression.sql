-- Let mail leave to it again; what was refused meanwhile needs a new approval.
CREATE FUNCTION outbox.lift_suppression(id bigint, actor text) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE outbox.suppression
       SET lifted_at = clock_timestamp(), lifted_by = lift_suppression.actor
     WHERE id = lift_suppression.id AND lifted_at IS NULL
    RETURNING id;
END $$;
