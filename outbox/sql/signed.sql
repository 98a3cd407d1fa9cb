-- What people have signed for the approval of each of these intents, or in advance, what was
-- ever said about their keys and these documents, and the last policy: whether it is true is
-- for the reader to judge.
WITH given AS MATERIALIZED (
    SELECT intent.id AS intent, document.id, document.digest, document.key
      FROM outbox.intent
      JOIN outbox.endorsement ON endorsement.approval_id = intent.approval_id
      LEFT JOIN outbox.delegation ON delegation.id = endorsement.delegation_id
      JOIN outbox.document
        ON document.id IN (endorsement.document_id, delegation.document_id)
     WHERE intent.id = ANY (%(ids)s)
), said AS (
    SELECT intent, id FROM given
     UNION
    SELECT intent, word.id FROM given
      JOIN outbox.document AS word ON word.about IN (given.key, given.digest)
     WHERE word.kind <> 'approval'
     UNION
    SELECT intent, (SELECT max(id) FROM outbox.document
                     WHERE kind = 'policy' AND about = 'policy')
      FROM unnest(%(ids)s::bigint[]) AS intent
)
SELECT kind, content, signature, key, about, array_agg(said.intent) AS intents
  FROM said JOIN outbox.document USING (id)
 GROUP BY document.id ORDER BY document.id
