-- Send the scored to a closer look or to approval.  A missing score is a low one.  Of those
-- that were due before `since`, none is looked at.
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
        SELECT id, version FROM outbox.intent
         WHERE state = 'scored' AND due_at <= now()
           AND due_at >= route.since
         ORDER BY due_at, id LIMIT route.batch FOR UPDATE SKIP LOCKED
    ), routed AS (
        UPDATE outbox.intent
           SET state = CASE WHEN score.confidence >= route.threshold
                            THEN 'awaiting_approval' ELSE 'in_review' END,
               moved_by = 'router'
          FROM routable LEFT JOIN LATERAL (
                   SELECT confidence FROM outbox.score
                    WHERE score.intent_id = routable.id AND score.version = routable.version
                    ORDER BY score.id DESC LIMIT 1) AS score ON true
         WHERE intent.id = routable.id
        RETURNING intent.id, intent.digest, intent.state, score.confidence,
                  intent.due_at, intent.traceparent
    ), receipted AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        SELECT id, 'routed', 'router', route.worker, digest,
               jsonb_build_object('to', state, 'confidence', confidence,
                                  'threshold', route.threshold)
          FROM routed
    )
    SELECT id, due_at, traceparent FROM routed;
END $$;
