-- Keep a person's delegation to another one, as they wrote it and, where they have, signed it;
-- say under which id.
CREATE FUNCTION outbox.delegate(
    content bytea, signature bytea DEFAULT NULL, key text DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    said jsonb := convert_from(delegate.content, 'UTF8')::jsonb;
    signed outbox.document;
    given outbox.delegation;
BEGIN
    IF delegate.signature IS NOT NULL THEN
        signed := outbox.add_document('delegation', delegate.content,
                                      delegate.signature, delegate.key, said ->> 'delegator');
    END IF;
    INSERT INTO outbox.delegation (delegator, delegate, not_before, expires_at, content,
                                   document, document_id)
    VALUES (said ->> 'delegator', said ->> 'delegate', (said ->> 'not_before')::timestamptz,
            (said ->> 'expires_at')::timestamptz, delegate.content,
            encode(sha256(delegate.content), 'hex'), signed.id)
    RETURNING * INTO given;
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('delegated', 'human', given.delegator, jsonb_strip_nulls(jsonb_build_object(
                'delegation', given.id, 'to', given.delegate, 'document', given.document,
                'key', delegate.key, 'not_before', given.not_before,
                'expires_at', given.expires_at)));
    RETURN given.id;
END $$;
