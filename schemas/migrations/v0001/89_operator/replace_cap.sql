-- Lift the cap that the next one takes the place of.
CREATE FUNCTION outbox.replace_cap(
    scope text, name text, seconds double precision, actor text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE outbox.cap SET lifted_at = clock_timestamp(), lifted_by = replace_cap.actor
     WHERE scope = replace_cap.scope AND name = replace_cap.name
       AND span = make_interval(secs => replace_cap.seconds) AND lifted_at IS NULL;
END $$;
