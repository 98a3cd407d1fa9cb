-- What a list shows of these intents, in the order given: a few rows by their keys for each.
-- What nobody may see is left out.
SELECT intent.id, intent.idempotency_key AS key, intent.state, intent.moved_at AS since,
       intent.created_at, intent.channel, intent.producer, intent.version,
       artifact.sender, artifact.subject, recipients.first AS "to",
       greatest(recipients.many - 1, 0) AS more,
       amount.intent_id IS NOT NULL AS names_amount, amount.value, amount.currency,
       scored.confidence, assent.given, assent.missing, until AS deferred_until, waits.due,
       coalesce(waits.due <= now(), false) AS overdue
  FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS wanted (id, place)
  JOIN outbox.intent ON intent.id = wanted.id
  JOIN outbox.policy AS ruling
    ON ruling.revision = (SELECT max(revision) FROM outbox.policy)
  LEFT JOIN outbox.artifact
    ON artifact.intent_id = intent.id AND artifact.version = intent.version
  LEFT JOIN outbox.amount
    ON amount.intent_id = intent.id AND amount.version = intent.version
 CROSS JOIN LATERAL (
       SELECT min(address) AS first, count(*) AS many FROM outbox.recipient
        WHERE recipient.intent_id = intent.id AND recipient.version = intent.version
       ) AS recipients
  LEFT JOIN LATERAL (
       SELECT min(confidence) AS confidence FROM outbox.score
        WHERE score.intent_id = intent.id AND score.version = intent.version
          AND NOT shadow) AS scored ON true
  LEFT JOIN LATERAL (
       SELECT (SELECT count(*) FROM outbox.endorsement WHERE approval_id = begun) AS given,
              CASE WHEN begun IS NULL
                   THEN (SELECT max(approvals) FROM outbox.needs_of(intent, ruling.document))
                   ELSE (SELECT outbox.lacking(approval, ruling.document)
                           FROM outbox.approval WHERE approval.id = begun) END AS missing
         FROM (SELECT CASE WHEN intent.state IN ('in_review', 'awaiting_approval')
                            AND EXISTS (SELECT FROM outbox.approval
                                         WHERE approval.intent_id = intent.id)
                           THEN outbox.opened(intent, ruling) END
                OFFSET 0) AS once (begun)
        WHERE intent.state IN ('in_review', 'awaiting_approval')
       ) AS assent ON true
  LEFT JOIN outbox.deferral
    ON deferral.intent_id = intent.id AND deferral.since = intent.moved_at AND until > now()
   AND intent.state IN ('in_review', 'awaiting_approval')
  LEFT JOIN LATERAL (
       SELECT min(intent.moved_at + least(
                  CASE WHEN until IS NULL THEN (tier #>> '{within,remind}')::interval END,
                  (tier #>> '{within,escalate}')::interval)) AS due
         FROM jsonb_array_elements(ruling.document -> 'tiers') AS tier
        WHERE intent.state IN ('in_review', 'awaiting_approval')
          AND tier -> 'within' IS NOT NULL AND outbox.is_of_tier(intent, tier -> 'when')
       ) AS waits ON true
 ORDER BY wanted.place
