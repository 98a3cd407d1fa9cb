-- What a policy would have done with each version that was routed lately, beside what was done
-- and what people said: of the last %(most)s scores, so that it takes no longer however much
-- there is.  Whose yes an earlier version took is not known: its recipients may be others.
WITH scored AS MATERIALIZED (
    SELECT DISTINCT intent_id, version
      FROM (SELECT intent_id, version, scored_at FROM outbox.score
             ORDER BY id DESC LIMIT %(most)s) AS last
     WHERE scored_at >= now() - %(within)s
), wanted AS MATERIALIZED (
    SELECT %(document)s::jsonb AS document
)
SELECT intent.id, scored.version, intent.channel, routed.evidence ->> 'to' AS was,
       would.target AS would, would.holds, would.confidence, decided.kind AS decided,
       needs.many AS needed, would_need.many AS would_need, tiers.matched AS tiers
  FROM scored
  JOIN outbox.intent ON intent.id = scored.intent_id
  JOIN outbox.artifact
    ON artifact.intent_id = scored.intent_id AND artifact.version = scored.version
  JOIN outbox.policy AS ruling
    ON ruling.revision = (SELECT max(revision) FROM outbox.policy)
 CROSS JOIN wanted
 CROSS JOIN LATERAL (
       SELECT evidence FROM outbox.receipt
        WHERE receipt.intent_id = intent.id AND kind = 'routed' AND digest = artifact.digest
        ORDER BY receipt.id DESC LIMIT 1) AS routed
 CROSS JOIN LATERAL outbox.weighed(
       intent.id, scored.version, intent.channel, wanted.document -> 'scoring',
       %(otherwise)s) AS would
  LEFT JOIN LATERAL (
       SELECT kind FROM outbox.receipt
        WHERE receipt.intent_id = intent.id AND digest = artifact.digest
          AND kind IN ('approved', 'rejected', 'sent_back', 'revoked')
        ORDER BY receipt.id DESC LIMIT 1) AS decided ON true
  LEFT JOIN LATERAL (
       SELECT max(approvals) FROM outbox.needs_of(intent, ruling.document)
       ) AS needs (many) ON intent.version = scored.version
  LEFT JOIN LATERAL (
       SELECT max(approvals) FROM outbox.needs_of(intent, wanted.document)
       ) AS would_need (many) ON intent.version = scored.version
 CROSS JOIN LATERAL (
       SELECT ARRAY(
           SELECT place::int FROM jsonb_array_elements(wanted.document -> 'tiers')
                  WITH ORDINALITY AS each (tier, place)
            WHERE intent.version = scored.version
              AND outbox.is_of_tier(intent, tier -> 'when')
            ORDER BY place)) AS tiers (matched)
 ORDER BY intent.id, scored.version
