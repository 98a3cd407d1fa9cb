-- Record what the scorer thought of each, bound to the bytes it read, and give its lease back.
-- Its reasons may repeat words of the mail: the receipt, which is never erased, has their
-- keyed digest.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.score(
    ids bigint[], fences bigint[], scorers text[], versions text[],
    confidences double precision[], reasons jsonb[], worker text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH held AS MATERIALIZED (
        SELECT intent.id, intent.version, intent.digest, intent.fence, artifact.secret,
               said.scorer, said.scorer_version, said.confidence, said.reasons
          FROM unnest(score.ids, score.fences, score.scorers, score.versions,
                      score.confidences, score.reasons)
               AS said (id, fence, scorer, scorer_version, confidence, reasons)
          JOIN outbox.intent ON intent.id = said.id AND intent.fence = said.fence
          JOIN outbox.artifact
            ON artifact.intent_id = intent.id AND artifact.version = intent.version
         WHERE state = 'scoring'
         ORDER BY intent.id FOR UPDATE OF intent
    ), scored AS (
        INSERT INTO outbox.score (intent_id, version, digest, fence, scorer, scorer_version,
                                  confidence, reasons)
        SELECT id, version, digest, fence, scorer, scorer_version, confidence, reasons
          FROM held
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT id, 'scored', 'scorer', score.worker, digest, fence,
               jsonb_build_object('scorer', scorer, 'version', scorer_version,
                                  'confidence', confidence,
                                  'reasons', encode(outbox.hmac(
                                      secret, convert_to(reasons::text, 'UTF8')), 'hex'))
          FROM held
    )
    UPDATE outbox.intent
       SET state = 'scored', moved_by = 'scorer', claims = 0,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL
      FROM held WHERE intent.id = held.id
    RETURNING intent.id;
END $$;
