-- What stands in the way of this intent at this instant, in one word each, and until when;
-- what only a person can mend has no end.  A cap is reached if the attempt that fills it,
-- counted back, is still in its window; each counts for one at least.
CREATE FUNCTION outbox.limits(
    claimed bigint, instant timestamptz
) RETURNS TABLE (reason text, until timestamptz) LANGUAGE sql STABLE AS $$
    SELECT reason, until FROM outbox.own_limits(claimed, instant)
     UNION ALL
    SELECT 'quiet_hours', until FROM outbox.quiet_until(claimed, instant) AS until
     UNION ALL
    SELECT 'above_cap', NULL FROM outbox.caps_on(claimed) WHERE weight > most
     UNION ALL
    SELECT 'cap_reached', filling.at + cap.span
      FROM outbox.caps_on(claimed) AS cap
      CROSS JOIN LATERAL (
          SELECT at
            FROM (SELECT at, sum(weight) OVER (ORDER BY at DESC) AS since
                    FROM (SELECT at, weight FROM outbox.counted
                           WHERE counted.scope = cap.scope AND counted.name = cap.name
                             AND at > instant - cap.span
                           ORDER BY at DESC LIMIT cap.most) AS enough) AS newest
           WHERE since + cap.weight > cap.most
           ORDER BY at DESC LIMIT 1) AS filling
$$;
