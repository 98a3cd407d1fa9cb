-- Refuse other bytes under a key that names an intent; all bytes, once those were erased.
CREATE FUNCTION outbox.check_known(keys text[], contents bytea[], tenants text[]) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    other record;
BEGIN
    FOR other IN
        SELECT asked.key, artifact.intent_id,
               CASE WHEN artifact.content IS NULL THEN 'erased' ELSE 'other' END AS what
          FROM unnest(check_known.keys, check_known.contents, check_known.tenants)
               AS asked (key, content, tenant)
          JOIN outbox.intent ON intent.tenant = asked.tenant AND idempotency_key = asked.key
          JOIN outbox.artifact ON artifact.intent_id = intent.id AND artifact.version = 1
         WHERE artifact.content IS DISTINCT FROM asked.content
         LIMIT 1
    LOOP
        RAISE EXCEPTION 'key % already names intent % with % bytes', other.key,
                        other.intent_id, other.what
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_key_names_one_artifact',
                  SCHEMA = 'outbox', TABLE = 'intent';
    END LOOP;
END $$;
