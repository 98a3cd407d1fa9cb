-- Why what was signed for this approval counts no longer, in one word; NULL if none of it
-- was taken back.  A sender knows that, too: this says it at the very instant of the permit.
CREATE FUNCTION outbox.authority_refusal(given bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE word.about WHEN document.key THEN 'key_revoked' ELSE 'approval_revoked' END
      FROM outbox.endorsement
      JOIN outbox.document ON document.id = endorsement.document_id
      JOIN outbox.document AS word
        ON word.kind = 'revocation' AND word.about IN (document.key, document.digest)
     WHERE endorsement.approval_id = given
     LIMIT 1
$$;
