-- Who holds this session, if it is live; `stale` is one that should be seen again.
CREATE FUNCTION outbox.session_of(hash bytea)
RETURNS TABLE (id bigint, person text, way text, fresh_at timestamptz, stale boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
    SELECT one.id, one.person, one.way, one.fresh_at,
           one.seen_at < now() - least(interval '1 minute', one.idle / 4)
      FROM outbox.session AS one
     WHERE one.hash = session_of.hash AND outbox.is_live(one)
$$;
