-- Lease the longest due approved intents to one worker; every lease has its own fence.  Of
-- those that were due before `since`, none is looked at.
-- A sender sees nothing at all while the switch is off or missing, or where sending was
-- not armed; and what is limited it sees as such, before it is handed over to its last dot in
-- vain.  The permit decides.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.claim_to_send(
    worker text, batch int, lease interval, environment text, nonce text,
    since timestamptz DEFAULT '-infinity'
) RETURNS TABLE (
    log text, id bigint, version int, key text, producer text, channel text, digest text,
    content bytea, secret bytea, policy bigint, not_before text, not_after text,
    manifest bytea, limited text,
    claims int, fence bigint, lease_expires_at timestamptz, traceparent text,
    due_at timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH claimable AS MATERIALIZED (
        SELECT id FROM outbox.intent
         WHERE state = 'approved' AND due_at <= now()
           AND due_at >= claim_to_send.since
           AND NOT outbox.is_decoy(id)
           AND EXISTS (SELECT FROM outbox.switch WHERE outbound)
           AND outbox.epoch_refusal(claim_to_send.environment, claim_to_send.nonce) IS NULL
         ORDER BY due_at, id LIMIT claim_to_send.batch FOR UPDATE SKIP LOCKED
    ), limited AS MATERIALIZED (
        SELECT * FROM outbox.limited_by(ARRAY(SELECT id FROM claimable))
    )
    UPDATE outbox.intent AS intent
       SET state = 'sending', moved_by = 'sender', claims = claims + 1,
           fence = nextval('outbox.fence'), leased_by = claim_to_send.worker,
           lease_expires_at = now() + claim_to_send.lease
      FROM claimable JOIN limited USING (id), outbox.artifact
     WHERE intent.id = claimable.id
       AND artifact.intent_id = intent.id AND artifact.version = intent.version
    RETURNING (SELECT origin FROM outbox.log), intent.id, intent.version,
              intent.idempotency_key, intent.producer, intent.channel, intent.digest,
              artifact.content, artifact.secret, NULL::bigint,
              outbox.moment(intent.not_before), outbox.moment(intent.not_after),
              (SELECT manifest FROM outbox.approval WHERE approval.id = intent.approval_id),
              limited.reason,
              intent.claims, intent.fence, intent.lease_expires_at, intent.traceparent,
              intent.due_at;
END $$;
