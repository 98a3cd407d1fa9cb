-- Give the lease back without having sent: later again, or to a person once it was
-- claimed as often as the law allows.
CREATE FUNCTION outbox.put_back(
    id bigint, fence bigint, worker text, pause interval, evidence jsonb
) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH held AS (
        SELECT intent.id, intent.digest,
               CASE WHEN intent.claims >= lease.max_claims
                    THEN lease.exhausted ELSE lease.on_expiry END AS target
          FROM outbox.intent JOIN outbox.lease ON lease.state = intent.state
         WHERE intent.id = put_back.id AND intent.fence = put_back.fence
           AND intent.state = 'sending'
           FOR UPDATE OF intent
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT id, 'put_back', 'sender', put_back.worker, digest, put_back.fence,
               put_back.evidence
          FROM held
    )
    UPDATE outbox.intent
       SET state = held.target, moved_by = 'sender', due_at = now() + put_back.pause,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL,
           claims = CASE WHEN held.target = 'in_review' THEN 0 ELSE claims END,
           approval_id = CASE WHEN held.target <> 'in_review' THEN approval_id END
      FROM held WHERE intent.id = held.id
    RETURNING intent.state;
END $$;
