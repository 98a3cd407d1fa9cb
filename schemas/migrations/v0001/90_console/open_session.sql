-- Sign a person in, in place of the session that the browser has held; null if they are let in
-- by no way.  `passed` is the try whose password was right.
CREATE FUNCTION outbox.open_session(
    hash bytea, person text, way text, agent text, fresh_at timestamptz, idle interval,
    lasts interval, replaces bytea DEFAULT NULL, passed bigint DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    opened bigint;
BEGIN
    PERFORM outbox.end_sessions(open_session.person, id => id) FROM outbox.session
      WHERE hash = open_session.replaces;
    DELETE FROM outbox.password_try WHERE id = open_session.passed;
    INSERT INTO outbox.session (hash, person, way, agent, fresh_at, idle, expires_at)
    SELECT open_session.hash, open_session.person, open_session.way, open_session.agent,
           least(open_session.fresh_at, now()), open_session.idle, now() + open_session.lasts
     WHERE NOT outbox.is_shut_out(open_session.person)
    RETURNING id INTO opened;
    RETURN opened;
END $$;
