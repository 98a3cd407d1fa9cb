-- Keep what a root has signed about a key or an approval.  The exclusive lock waits for the
-- permits that are being given: once a revocation has committed, none is given on what it
-- takes back.
CREATE FUNCTION outbox.declare(
    kind text, content bytea, signature bytea, key text, about text, role text, evidence jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    PERFORM outbox.add_document(declare.kind, declare.content,
                                declare.signature, declare.key, declare.about);
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES (declare.kind, declare.role, declare.key, declare.evidence);
END $$;
