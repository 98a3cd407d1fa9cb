-- Approve each of these intents, as its manifest says, under the grant at its side, in the name
-- of the person who gave that; give back which.  The grants are locked, in one order: so each
-- use is counted once, and none is above what the grant says.  What a person has looked at,
-- what was approved before, and what takes more than this one's yes, is left to people.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.approve_by_grant(
    worker text, ids bigint[], manifests bytea[], grants bigint[],
    valid_for interval, hold interval
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    ruling outbox.policy := outbox.policy_in_force();
BEGIN
    PERFORM FROM outbox.standing_grant
      WHERE id = ANY (approve_by_grant.grants) ORDER BY id FOR UPDATE;
    RETURN QUERY
    WITH standing AS MATERIALIZED (
        SELECT *, (SELECT coalesce(max(use), 0) FROM outbox.endorsement
                    WHERE grant_id = standing_grant.id) AS used
          FROM outbox.standing_grant
         WHERE id = ANY (approve_by_grant.grants) AND revoked_at IS NULL
           AND not_before <= now() AND expires_at > now() + approve_by_grant.hold
    ), covered AS MATERIALIZED (
        SELECT intent.id AS intent_id, intent.version, intent.digest, asked.manifest,
               standing.id AS grant_id, standing.giver, standing.uses, standing.expires_at,
               standing.document_id, standing.document, hand.wrote,
               standing.used + row_number() OVER (
                   PARTITION BY standing.id ORDER BY asked.place) AS use
          FROM unnest(approve_by_grant.ids, approve_by_grant.manifests,
                      approve_by_grant.grants)
               WITH ORDINALITY AS asked (id, manifest, grant_id, place)
          JOIN standing ON standing.id = asked.grant_id
         CROSS JOIN LATERAL (
             SELECT * FROM outbox.intent WHERE intent.id = asked.id OFFSET 0
         ) AS intent
         CROSS JOIN LATERAL (
             SELECT outbox.has_written(intent.id, standing.giver) AS wrote OFFSET 0
         ) AS hand
         CROSS JOIN LATERAL outbox.is_enough(intent, standing.giver, hand.wrote,
                                             ruling.document) AS enough (said)
         WHERE intent.state = 'awaiting_approval'
           AND NOT outbox.is_decoy(intent.id)
           AND intent.tenant = standing.tenant AND intent.channel = standing.channel
           AND NOT EXISTS (SELECT FROM outbox.receipt
                            WHERE receipt.intent_id = intent.id AND role = 'human')
           AND NOT EXISTS (SELECT FROM outbox.approval
                            WHERE approval.intent_id = intent.id)
           AND enough.said
    ), given AS MATERIALIZED (
        SELECT nextval('outbox.approval_id_seq') AS approval_id, *,
               encode(sha256(manifest), 'hex') AS manifest_digest,
               nullif(now() + approve_by_grant.hold, now()) AS held_until,
               least(expires_at, now() + approve_by_grant.valid_for) AS ends_at
          FROM covered WHERE use <= uses
    ), approved AS (
        INSERT INTO outbox.approval (id, intent_id, version, digest, manifest, manifest_digest,
                                     approver, policy, held_until, expires_at)
               OVERRIDING SYSTEM VALUE
        SELECT approval_id, intent_id, version, digest, manifest, manifest_digest, giver,
               ruling.revision, held_until, ends_at
          FROM given
    ), endorsed AS (
        INSERT INTO outbox.endorsement (approval_id, intent_id, approver, wrote, document_id,
                                        document, grant_id, use, uses)
        SELECT approval_id, intent_id, giver, wrote, document_id,
               CASE WHEN document_id IS NOT NULL THEN document END, grant_id, use, uses
          FROM given
    ), receipted AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        SELECT intent_id, 'approved', 'granter', giver, digest,
               jsonb_build_object('approval', approval_id, 'manifest', manifest_digest,
                                  'policy', ruling.revision,
                                  'held_until', held_until,
                                  'expires_at', ends_at, 'grant', grant_id,
                                  'use', use, 'document', document,
                                  'key', (SELECT signed.key FROM outbox.document AS signed
                                           WHERE signed.id = document_id),
                                  'granter', approve_by_grant.worker)
          FROM given
    )
    UPDATE outbox.intent
       SET state = 'approved', moved_by = 'granter', approval_id = given.approval_id,
           due_at = greatest(not_before, now(), given.held_until)
      FROM given WHERE intent.id = given.intent_id
    RETURNING intent.id;
END $$;
