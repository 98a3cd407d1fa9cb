-- Lease the longest due submitted intents to one worker; every lease has its own fence.  Of
-- those that were due before `since`, none is looked at.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.claim_to_score(
    worker text, batch int, lease interval, since timestamptz DEFAULT '-infinity'
) RETURNS TABLE (
    log text, id bigint, version int, key text, producer text, channel text, digest text,
    content bytea, secret bytea, policy bigint, not_before text, not_after text,
    manifest bytea, limited text,
    claims int, fence bigint, lease_expires_at timestamptz, traceparent text,
    due_at timestamptz, written_at timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH claimable AS MATERIALIZED (
        SELECT id FROM outbox.intent
         WHERE state = 'submitted' AND due_at <= now()
           AND due_at >= claim_to_score.since
         ORDER BY due_at, id LIMIT claim_to_score.batch FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox.intent AS intent
       SET state = 'scoring', moved_by = 'scorer', claims = claims + 1,
           fence = nextval('outbox.fence'), leased_by = claim_to_score.worker,
           lease_expires_at = now() + claim_to_score.lease
      FROM claimable, outbox.artifact
     WHERE intent.id = claimable.id
       AND artifact.intent_id = intent.id AND artifact.version = intent.version
    RETURNING (SELECT origin FROM outbox.log), intent.id, intent.version,
              intent.idempotency_key, intent.producer, intent.channel, intent.digest,
              artifact.content, artifact.secret, NULL::bigint,
              outbox.moment(intent.not_before), outbox.moment(intent.not_after),
              NULL::bytea, NULL::text,
              intent.claims, intent.fence, intent.lease_expires_at, intent.traceparent,
              intent.due_at, artifact.written_at;
END $$;
