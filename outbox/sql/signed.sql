-- What people have signed for the approval of this intent, or in advance, what was ever said
-- about their keys and these documents, and the last policy: whether it is true is for the
-- reader to judge.
WITH given AS MATERIALIZED (
    SELECT document.id, document.digest, document.key
      FROM outbox.intent
      JOIN outbox.endorsement ON endorsement.approval_id = intent.approval_id
      LEFT JOIN outbox.delegation ON delegation.id = endorsement.delegation_id
      JOIN outbox.document
        ON document.id IN (endorsement.document_id, delegation.document_id)
     WHERE intent.id = %(id)s
)
SELECT kind, content, signature, key, about FROM outbox.document
 WHERE id IN (SELECT id FROM given)
    OR kind <> 'approval'
       AND about IN (SELECT key FROM given UNION ALL SELECT digest FROM given)
    OR id = (SELECT max(id) FROM outbox.document WHERE kind = 'policy' AND about = 'policy')
 ORDER BY id
