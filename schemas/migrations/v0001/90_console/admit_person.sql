-- Whose token this is, and under which id; no row if it is no person's, or not in force.
CREATE FUNCTION outbox.admit_person(token bytea)
RETURNS TABLE (id bigint, person text, made_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT one.id, one.name, one.made_at FROM outbox.shown(admit_person.token, 'person') AS one
     WHERE one.id IS NOT NULL;
END $$;
