-- Record what each scorer thought of each, bound to the bytes it read, and give its lease
-- back.  All that is said of an intent comes at once: later its fence holds nothing.
-- Its reasons may repeat words of the mail: the receipt, which is never erased, has their
-- keyed digest, and that of what was found.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.score(
    ids bigint[], fences bigint[], scorers text[], versions text[],
    confidences double precision[], holds boolean[], kinds text[], reasons jsonb[],
    costs numeric[], tooks interval[], worker text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    shadows jsonb := coalesce((outbox.policy_in_force()).document #> '{scoring,shadows}', '[]');
BEGIN
    RETURN QUERY
    WITH held AS MATERIALIZED (
        SELECT intent.id, intent.version, intent.digest, intent.fence, artifact.secret
          FROM (SELECT DISTINCT * FROM unnest(score.ids, score.fences)) AS named (id, fence)
          JOIN outbox.intent ON intent.id = named.id AND intent.fence = named.fence
          JOIN outbox.artifact
            ON artifact.intent_id = intent.id AND artifact.version = intent.version
         WHERE state = 'scoring'
         ORDER BY intent.id FOR UPDATE OF intent
    ), said AS MATERIALIZED (
        SELECT held.*, scorer, scorer_version, confidence, holds,
               string_to_array(kinds, ',') AS kinds, reasons, cost, took
          FROM unnest(score.ids, score.fences, score.scorers, score.versions,
                      score.confidences, score.holds, score.kinds, score.reasons,
                      score.costs, score.tooks) WITH ORDINALITY
               AS each (named, under, scorer, scorer_version, confidence, holds, kinds,
                        reasons, cost, took, place)
          JOIN held ON held.id = named AND held.fence = under
         ORDER BY place
    ), scored AS (
        INSERT INTO outbox.score (intent_id, version, digest, fence, scorer, scorer_version,
                                  confidence, holds, kinds, reasons, cost, took, shadow)
        SELECT id, version, digest, fence, scorer, scorer_version,
               confidence, holds, kinds, reasons, cost, took, shadows ? scorer
          FROM said
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT id, 'scored', 'scorer', score.worker, digest, fence,
               jsonb_build_object('scorer', scorer, 'version', scorer_version,
                                  'confidence', confidence, 'holds', holds, 'cost', cost,
                                  'kinds', encode(outbox.hmac(
                                      secret, convert_to(kinds::text, 'UTF8')), 'hex'),
                                  'reasons', encode(outbox.hmac(
                                      secret, convert_to(reasons::text, 'UTF8')), 'hex'))
          FROM said
    )
    UPDATE outbox.intent
       SET state = 'scored', moved_by = 'scorer', claims = 0,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL
      FROM held WHERE intent.id = held.id
    RETURNING intent.id;
END $$;
