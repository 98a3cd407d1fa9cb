-- Why this approval does not let this intent leave, in one word; NULL if it does, as far as the
-- limits let it.  `held` is nothing where the lease is another's, `closed` the gate's refusal,
-- `ruling` the policy in force: mostly it is the very one under which the approval was given.
CREATE FUNCTION outbox.permit_refusal(
    held outbox.intent, leave outbox.approval, manifest_digest text, enough interval,
    closed text, ruling outbox.policy
) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN held.id IS NULL OR held.lease_expires_at < clock_timestamp() + enough
            THEN 'lease_lost'
        WHEN closed IS NOT NULL THEN closed
        WHEN EXISTS (SELECT FROM outbox.decoy WHERE intent = held.id) THEN 'decoy'
        WHEN held.not_after <= clock_timestamp() THEN 'too_late'
        WHEN leave.id IS NULL THEN 'approval_missing'
        WHEN leave.revoked_at IS NOT NULL THEN 'approval_revoked'
        WHEN leave.expires_at <= clock_timestamp() THEN 'approval_expired'
        WHEN leave.digest <> held.digest OR leave.intent_id <> held.id THEN 'other_bytes'
        WHEN (SELECT other FROM outbox.is_other(held, leave, manifest_digest) AS other)
            THEN 'other_manifest'
        ELSE coalesce((SELECT reason FROM outbox.authority_refusal(leave.id) AS reason),
                      CASE WHEN leave.policy <> ruling.revision
                            AND outbox.lacking(leave, ruling.document) <> 0
                           THEN 'policy_changed' END)
    END
$$;
