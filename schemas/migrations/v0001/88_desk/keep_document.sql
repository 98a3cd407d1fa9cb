-- Keep an approval as a person has signed it, once, and say under which id.
CREATE FUNCTION outbox.keep_document(
    content bytea, signature bytea, key text, about text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    named text := encode(sha256(keep_document.content), 'hex');
BEGIN
    RETURN QUERY
    SELECT id FROM outbox.document
     WHERE digest = named AND key = keep_document.key
       AND signature = keep_document.signature LIMIT 1;
    IF NOT FOUND THEN
        RETURN QUERY
        INSERT INTO outbox.document (kind, digest, content, signature, key, about)
        VALUES ('approval', named, keep_document.content, keep_document.signature,
                keep_document.key, keep_document.about)
        RETURNING id;
    END IF;
END $$;
