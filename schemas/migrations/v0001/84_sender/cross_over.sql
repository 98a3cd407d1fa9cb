-- Let these cross the point of no return, each if nothing stands against it: its attempt is
-- recorded then.  What is asked for twice at once crosses once.
CREATE FUNCTION outbox.cross_over(
    ids bigint[], fences bigint[], manifest_digests text[], worker text, enough interval,
    closed text, ruling outbox.policy
) RETURNS TABLE (id bigint, answer text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT one.id, one.place, held.fence, held.digest, leave.id AS approval_id,
               leave.manifest_digest,
               coalesce(CASE WHEN row_number() OVER (PARTITION BY one.id, one.fence
                                                     ORDER BY one.place) > 1
                             THEN 'approval_used' END,
                        stands.against, limited.reason) AS refused
          FROM unnest(cross_over.ids, cross_over.fences, cross_over.manifest_digests)
               WITH ORDINALITY AS one (id, fence, manifest_digest, place)
          LEFT JOIN LATERAL (
              SELECT * FROM outbox.intent WHERE intent.id = one.id OFFSET 0
          ) AS held ON held.state = 'sending' AND held.fence = one.fence
          LEFT JOIN LATERAL (
              SELECT * FROM outbox.approval WHERE approval.id = held.approval_id OFFSET 0
          ) AS leave ON true
         CROSS JOIN LATERAL outbox.permit_refusal(
                    held, leave, one.manifest_digest, cross_over.enough, cross_over.closed,
                    cross_over.ruling) AS stands (against)
          LEFT JOIN outbox.limited_by(cross_over.ids) AS limited ON limited.id = one.id
    ), spent AS (
        INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)
        SELECT id, approval_id, fence, cross_over.worker FROM asked WHERE refused IS NULL
        ON CONFLICT (approval_id) DO NOTHING
        RETURNING attempt.id AS attempt_id, intent_id
    ), crossing AS (
        UPDATE outbox.intent
           SET state = 'releasing', moved_by = 'sender', attempt_id = spent.attempt_id
          FROM spent WHERE intent.id = spent.intent_id
    ), receipted AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT asked.id, 'permit', 'sender', cross_over.worker, asked.digest, asked.fence,
               jsonb_build_object('approval', approval_id, 'attempt', attempt_id,
                                  'manifest', manifest_digest)
          FROM spent JOIN asked ON asked.id = spent.intent_id AND asked.refused IS NULL
    )
    SELECT asked.id, coalesce(asked.refused, CASE WHEN spent.attempt_id IS NULL
                                                  THEN 'approval_used' ELSE 'granted' END)
      FROM asked LEFT JOIN spent ON spent.intent_id = asked.id
     ORDER BY asked.place;
END $$;
