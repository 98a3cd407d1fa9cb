-- Record what the scorer thought, bound to the bytes it read, and give the lease back.
CREATE FUNCTION outbox.score(
    id bigint, fence bigint, worker text, scorer text, scorer_version text,
    confidence double precision, reasons jsonb
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH held AS (
        SELECT id, version, digest, fence FROM outbox.intent
         WHERE id = score.id AND fence = score.fence AND state = 'scoring' FOR UPDATE
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
                                  'confidence', score.confidence, 'reasons', score.reasons)
          FROM held
    )
    UPDATE outbox.intent
       SET state = 'scored', moved_by = 'scorer', claims = 0,
           fence = NULL, leased_by = NULL, lease_expires_at = NULL
      FROM held WHERE intent.id = held.id
    RETURNING intent.id;
END $$;
