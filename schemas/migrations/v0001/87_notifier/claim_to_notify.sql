-- Lease a route to one notifier, with all that there is to tell over it.  Nothing back means
-- that there is nothing, that it rests, or that another one tells.  What comes in numbers is
-- gathered: its first waits for `gather`, and then takes along what has come since.
-- Lock the route and look: two statements, so two snapshots; in one, the look would be older
-- than the lock, and tell again what another one has just told.
-- What waits and what was told are counted together, and no table is read as a whole: a session
-- plans once, maybe while nothing was told yet, and would then compare each with each.
CREATE FUNCTION outbox.claim_to_notify(
    route text, worker text, lease interval, kinds text[], tenants text[], groups text[],
    person text, gather interval, most int
) RETURNS TABLE (
    fence bigint, failures int, kind text, intent_id bigint, state text, since timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    held outbox.route;
BEGIN
    INSERT INTO outbox.route (name) VALUES (claim_to_notify.route) ON CONFLICT DO NOTHING;
    SELECT * INTO held FROM outbox.route
     WHERE name = claim_to_notify.route AND due_at <= now()
       AND coalesce(lease_expires_at, '-infinity') <= now()
       FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH untold AS MATERIALIZED (
        SELECT kind, intent_id, since, max(state) AS state, max(came) AS came,
               kind IN ('in_review', 'awaiting_approval', 'reminded') AS gathered
          FROM (SELECT kind, intent_id, since, state, came, false AS told
                  FROM outbox.waits(claim_to_notify.kinds, claim_to_notify.tenants,
                                    claim_to_notify.groups, claim_to_notify.person)
                 UNION ALL
                SELECT kind, intent_id, since, NULL, NULL, true
                  FROM outbox.notified WHERE route = held.name) AS known
         GROUP BY kind, intent_id, since
        HAVING NOT bool_or(told)
    )
    SELECT held.fence + 1, held.failures, kind, intent_id, state, since
      FROM untold
     WHERE NOT gathered
        OR (SELECT min(came) FROM untold WHERE gathered) <= now() - claim_to_notify.gather
     ORDER BY gathered, since, intent_id
     LIMIT claim_to_notify.most;
    IF FOUND THEN
        UPDATE outbox.route
           SET fence = fence + 1, leased_by = claim_to_notify.worker,
               lease_expires_at = now() + claim_to_notify.lease
         WHERE name = held.name;
    END IF;
END $$;
