-- Keep a person's standing grant, as they wrote it and, where they have, signed it; say under
-- which id.
CREATE FUNCTION outbox.give_grant(
    content bytea, signature bytea DEFAULT NULL, key text DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    said jsonb := convert_from(give_grant.content, 'UTF8')::jsonb;
    signed outbox.document;
    given outbox.standing_grant;
BEGIN
    IF outbox.tightened_until(said ->> 'giver') IS NOT NULL THEN
        RAISE EXCEPTION 'the yes of % needs one more person now', said ->> 'giver'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'who_is_tightened_gives_no_grant',
                  TABLE = 'standing_grant', SCHEMA = 'outbox';
    END IF;
    IF give_grant.signature IS NOT NULL THEN
        signed := outbox.add_document('grant', give_grant.content,
                                      give_grant.signature, give_grant.key, said ->> 'giver');
    END IF;
    INSERT INTO outbox.standing_grant (tenant, giver, channel, uses, not_before, expires_at,
                                       content, document, document_id)
    VALUES (said ->> 'tenant', said ->> 'giver', said ->> 'channel', (said ->> 'uses')::int,
            (said ->> 'not_before')::timestamptz, (said ->> 'expires_at')::timestamptz,
            give_grant.content, encode(sha256(give_grant.content), 'hex'), signed.id)
    RETURNING * INTO given;
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('granted', 'human', given.giver, jsonb_strip_nulls(jsonb_build_object(
                'grant', given.id, 'document', given.document, 'key', give_grant.key,
                'uses', given.uses, 'not_before', given.not_before,
                'expires_at', given.expires_at)));
    RETURN given.id;
END $$;
