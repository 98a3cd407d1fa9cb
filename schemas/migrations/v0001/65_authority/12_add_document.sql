-- Keep what somebody has signed.
CREATE FUNCTION outbox.add_document(
    kind text, content bytea, signature bytea, key text, about text
) RETURNS outbox.document
LANGUAGE plpgsql AS $$
DECLARE
    added outbox.document;
BEGIN
    INSERT INTO outbox.document (kind, digest, content, signature, key, about)
    VALUES (add_document.kind, encode(sha256(add_document.content), 'hex'),
            add_document.content, add_document.signature, add_document.key,
            add_document.about)
    RETURNING * INTO added;
    RETURN added;
END $$;
