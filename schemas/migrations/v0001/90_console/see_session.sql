-- A live session was used just now, and its person may have proved anew who they are.
CREATE FUNCTION outbox.see_session(id bigint, fresh boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE outbox.session AS one
       SET seen_at = greatest(seen_at, now()),
           fresh_at = CASE WHEN see_session.fresh THEN greatest(fresh_at, now())
                           ELSE fresh_at END
     WHERE id = see_session.id AND outbox.is_live(one);
    RETURN FOUND;
END $$;
