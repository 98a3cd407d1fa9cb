-- Record what the scorer thought, bound to the bytes it read, and give the lease back.
-- Its reasons may repeat words of the mail: the receipt, which is never erased, has their
-- keyed digest.
CREATE FUNCTION outbox.score(
    id bigint, fence bigint, worker text, scorer text, scorer_version text,
    confidence double precision, reasons jsonb
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH held AS (
        SELECT intent.id, intent.version, intent.digest, intent.fence, artifact.secret
          FROM outbox.intent JOIN outbox.artifact
            ON artifact.intent_id = intent.id AND artifact.version = intent.version
         WHERE intent.id = score.id AND intent.fence = score.fence AND state = 'scoring'
           FOR UPDATE OF intent
    ), scored AS (
        INSERT INTO outbox.score (intent_id, version, digest, fence, scorer, scorer_version,
                                  confidence, reasons)
        SELECT id, version, digest, fence, score.scorer, score.scorer_version,
               score.confidence, score.reasons
          FROM held
    ), kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, fence, evidence)
        SELECT id, 'scored', 'scorer', score.worker, digest, fence,
               jsonb_build_object('scorer', score.scorer, 'version', score.scorer_version,
                                  'confidence', score.confidence,
                                  'reasons', encode(outbox.hmac(
                                      secret, convert_to(score.reasons::text, 'UTF8')), 'hex'))
          FROM held
    )
    UPDATE outbox.intent
       SET state = 'scored', moved_by = 'scorer', claims = 0,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL
      FROM held WHERE intent.id = held.id
    RETURNING intent.id;
END $$;
