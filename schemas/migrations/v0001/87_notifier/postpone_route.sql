-- Give a route back over which nothing could be told; nobody tries it again before the pause is
-- over.
CREATE FUNCTION outbox.postpone_route(route text, fence bigint, pause interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE outbox.route
       SET failures = failures + 1, due_at = now() + postpone_route.pause,
           leased_by = NULL, lease_expires_at = NULL
     WHERE name = postpone_route.route AND fence = postpone_route.fence;
END $$;
