-- Take expired leases away, by the database clock.  Where each goes is the law's: what
-- may have left strands; the rest is claimed again, or goes to a person once it was
-- claimed as often as the law allows.  Of those that expired before `since`, none is looked at.
CREATE FUNCTION outbox.sweep(
    worker text, batch int, since timestamptz DEFAULT '-infinity'
) RETURNS TABLE (id bigint, source text, target text, expired_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH expired AS MATERIALIZED (
        SELECT intent.id, intent.fence, intent.leased_by, intent.state AS source,
               intent.lease_expires_at AS expired_at,
               CASE WHEN intent.claims >= lease.max_claims
                    THEN lease.exhausted ELSE lease.on_expiry END AS target
          FROM outbox.intent JOIN outbox.lease ON lease.state = intent.state
         WHERE intent.state IN ('scoring', 'sending', 'releasing')
           AND intent.lease_expires_at < now()
           AND intent.lease_expires_at >= sweep.since
         ORDER BY intent.lease_expires_at LIMIT sweep.batch FOR UPDATE OF intent SKIP LOCKED
    ), swept AS (
        UPDATE outbox.intent
           SET state = expired.target, moved_by = 'sweeper',
               fence = NULL, leased_by = NULL, lease_expires_at = NULL,
               claims = CASE WHEN expired.target = 'in_review' THEN 0 ELSE claims END,
               approval_id = CASE WHEN expired.target <> 'in_review' THEN approval_id END
          FROM expired WHERE intent.id = expired.id
        RETURNING intent.id, intent.digest, expired.fence, expired.leased_by,
                  expired.source, expired.target, expired.expired_at
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT id, CASE target WHEN 'stranded' THEN 'stranded' ELSE 'swept' END, 'sweeper',
               sweep.worker, digest, fence,
               jsonb_build_object('lease_of', leased_by, 'from', source, 'to', target)
          FROM swept
    )
    SELECT id, source, target, expired_at FROM swept;
END $$;
