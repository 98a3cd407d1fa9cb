-- Hold what waits for a person's yes in a tenant and channel for which somebody has given a
-- grant, the oldest first and until the transaction ends; not what was passed over already, by
-- its id and version; nor what has waited since before `since`.  Whether a grant covers it, the
-- caller says.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.claim_to_grant(
    passed bigint[], versions int[], batch int, since timestamptz DEFAULT '-infinity'
) RETURNS TABLE (
    log text, id bigint, version int, key text, producer text, channel text,
    content bytea, secret bytea, policy bigint, not_before text, not_after text, tenant text,
    moved_at timestamptz, traceparent text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH claimable AS MATERIALIZED (
        SELECT id FROM outbox.intent
         WHERE state = 'awaiting_approval'
           AND moved_at >= claim_to_grant.since
           AND (tenant, channel) IN (SELECT tenant, channel FROM outbox.standing_grant
                                      WHERE revoked_at IS NULL
                                        AND not_before <= now() AND expires_at > now())
           AND (id, version) NOT IN (SELECT * FROM unnest(claim_to_grant.passed,
                                                          claim_to_grant.versions))
         ORDER BY moved_at LIMIT claim_to_grant.batch FOR UPDATE SKIP LOCKED
    )
    SELECT (SELECT origin FROM outbox.log), intent.id, intent.version,
           intent.idempotency_key, intent.producer, intent.channel,
           artifact.content, artifact.secret, NULL::bigint,
           outbox.moment(intent.not_before), outbox.moment(intent.not_after), intent.tenant,
           intent.moved_at, intent.traceparent
      FROM claimable JOIN outbox.intent ON intent.id = claimable.id
      JOIN outbox.artifact ON artifact.intent_id = intent.id
                          AND artifact.version = intent.version;
END $$;
