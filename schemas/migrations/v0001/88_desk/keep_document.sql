-- Keep an approval as a person has signed it, once, and say under which id.
CREATE FUNCTION outbox.keep_document(
    content bytea, signature bytea, key text, about text
) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT id FROM outbox.document
     WHERE digest = encode(sha256(keep_document.content), 'hex')
       AND key = keep_document.key
       AND signature = keep_document.signature LIMIT 1;
    IF NOT FOUND THEN
        RETURN QUERY
        SELECT id FROM outbox.add_document('approval', keep_document.content,
                                           keep_document.signature, keep_document.key,
                                           keep_document.about);
    END IF;
END $$;
