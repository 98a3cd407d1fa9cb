-- The ends of the quiet hours in which this intent may not leave at this instant.  What the
-- clock on the wall there shows decides: an hour that it skips does not come, one that it
-- shows twice comes twice.  Hours of yesterday may reach into today.
CREATE FUNCTION outbox.quiet_until(
    claimed bigint, instant timestamptz
) RETURNS SETOF timestamptz LANGUAGE sql STABLE AS $$
    SELECT hours.until AT TIME ZONE zone
      FROM outbox.quiet_hours
      JOIN outbox.scopes_of(claimed) AS mine
        ON mine.scope = quiet_hours.scope AND mine.name = quiet_hours.name
      CROSS JOIN LATERAL (SELECT instant AT TIME ZONE zone) AS wall (shows)
      CROSS JOIN LATERAL (VALUES (shows::date), (shows::date - 1)) AS begun (day)
      CROSS JOIN LATERAL (
          SELECT day + starts, day + ends + make_interval(days => (ends <= starts)::int)
      ) AS hours (since, until)
     WHERE lifted_at IS NULL AND extract(isodow FROM day) = ANY (days)
       AND shows >= since AND shows < until
$$;
