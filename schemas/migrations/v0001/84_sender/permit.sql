-- The point of no return: record one attempt if, at this instant, everything holds.
-- Returns 'granted', or in one word why not.  Each statement sees the latest commits.
-- The switch's lock is shared here and exclusive in the flip: once a flip to off has
-- committed, no permit commits.  It is no advisory lock, which any login could hold.  A
-- sender that is paused before its COMMIT must not keep the switch from being turned: its
-- transaction ends after `enough`.
CREATE FUNCTION outbox.permit(
    id bigint, fence bigint, worker text, enough interval, environment text, nonce text,
    manifest_digest text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    held outbox.intent;
    leave outbox.approval;
    spent bigint;
    refused text;
BEGIN
    PERFORM set_config('idle_in_transaction_session_timeout',
                       (extract(epoch FROM enough) * 1000)::int::text || 'ms', true);
    LOCK TABLE outbox.switch IN ROW SHARE MODE;
    SELECT * INTO held FROM outbox.intent
     WHERE id = permit.id AND state = 'sending' AND fence = permit.fence FOR UPDATE;
    IF NOT FOUND OR held.lease_expires_at < clock_timestamp() + enough THEN
        RETURN 'lease_lost';
    END IF;
    IF NOT EXISTS (SELECT FROM outbox.switch WHERE outbound) THEN
        RETURN 'outbound_off';
    END IF;
    IF 'off' IN (current_setting('fsync'), current_setting('full_page_writes'),
                 current_setting('synchronous_commit')) THEN
        RETURN 'not_durable';
    END IF;
    refused := outbox.epoch_refusal(permit.environment, permit.nonce);
    IF refused IS NOT NULL THEN
        RETURN refused;
    END IF;
    IF held.not_after <= clock_timestamp() THEN
        RETURN 'too_late';
    END IF;
    SELECT * INTO leave FROM outbox.approval WHERE id = held.approval_id FOR UPDATE;
    CASE
        WHEN leave.id IS NULL THEN RETURN 'approval_missing';
        WHEN leave.revoked_at IS NOT NULL THEN RETURN 'approval_revoked';
        WHEN leave.expires_at <= clock_timestamp() THEN RETURN 'approval_expired';
        WHEN leave.digest <> held.digest OR leave.intent_id <> held.id
            THEN RETURN 'other_bytes';
        WHEN outbox.is_other(held, leave, permit.manifest_digest) THEN RETURN 'other_manifest';
        ELSE NULL;
    END CASE;
    refused := coalesce(outbox.authority_refusal(leave.id), outbox.policy_refusal(leave),
                        outbox.limit_refusal(held.id));
    IF refused IS NOT NULL THEN
        RETURN refused;
    END IF;
    INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)
    VALUES (held.id, leave.id, held.fence, permit.worker)
    ON CONFLICT (approval_id) DO NOTHING RETURNING id INTO spent;
    IF spent IS NULL THEN
        RETURN 'approval_used';
    END IF;
    UPDATE outbox.intent SET state = 'releasing', moved_by = 'sender', attempt_id = spent
     WHERE id = held.id;
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
    VALUES (held.id, 'permit', 'sender', permit.worker, held.digest, held.fence,
            jsonb_build_object('approval', leave.id, 'attempt', spent,
                               'manifest', leave.manifest_digest));
    RETURN 'granted';
END $$;
