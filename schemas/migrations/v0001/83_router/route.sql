-- Send the scored to a closer look or to approval, by the policy in force; `threshold` is for
-- what it says nothing of.  A missing score is a low one.  Of those that were due before
-- `since`, none is looked at.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.route(
    worker text, threshold double precision, batch int, since timestamptz DEFAULT '-infinity'
) RETURNS TABLE (id bigint, due_at timestamptz, traceparent text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH routable AS MATERIALIZED (
        SELECT id, version, channel FROM outbox.intent
         WHERE state = 'scored' AND due_at <= now()
           AND due_at >= route.since
         ORDER BY due_at, id LIMIT route.batch FOR UPDATE SKIP LOCKED
    ), ruling AS MATERIALIZED (
        SELECT revision, document -> 'scoring' AS scoring FROM outbox.policy_in_force()
    ), routed AS (
        UPDATE outbox.intent
           SET state = weighed.target, moved_by = 'router'
          FROM routable CROSS JOIN ruling CROSS JOIN LATERAL outbox.weighed(
                   routable.id, routable.version, routable.channel,
                   ruling.scoring, route.threshold) AS weighed
         WHERE intent.id = routable.id
        RETURNING intent.id, intent.digest, intent.state, weighed.confidence,
                  weighed.threshold, weighed.combine, weighed.holds,
                  intent.due_at, intent.traceparent
    ), receipted AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        SELECT id, 'routed', 'router', route.worker, digest,
               jsonb_build_object('to', state, 'confidence', confidence,
                                  'threshold', threshold, 'combine', combine,
                                  'holds', holds, 'policy', ruling.revision)
          FROM routed, ruling
    )
    SELECT id, due_at, traceparent FROM routed;
END $$;
