-- Put the next revision of the policy in force, with what a root has signed of it, if one has.
-- The exclusive lock waits for the permits that are being given: once this has committed, none
-- is given to what only an older revision allows.
CREATE FUNCTION outbox.set_policy(
    revision bigint, document jsonb, actor text, role text, content bytea DEFAULT NULL,
    signature bytea DEFAULT NULL, key text DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    last bigint;
    signed outbox.document;
BEGIN
    LOCK TABLE outbox.switch IN EXCLUSIVE MODE;
    SELECT max(revision) INTO last FROM outbox.policy;
    IF set_policy.revision <> last + 1 THEN
        RAISE EXCEPTION 'revision % is in force', last
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_policy_takes_the_place_of_the_last',
                  TABLE = 'policy', SCHEMA = 'outbox';
    END IF;
    IF set_policy.content IS NOT NULL THEN
        signed := outbox.add_document('policy', set_policy.content,
                                      set_policy.signature, set_policy.key, 'policy');
    END IF;
    INSERT INTO outbox.policy (revision, document, document_id, set_by)
    VALUES (set_policy.revision, set_policy.document, signed.id, set_policy.actor);
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('policy', set_policy.role, set_policy.actor,
            jsonb_build_object(
                'revision', set_policy.revision,
                'policy', encode(sha256(convert_to(set_policy.document::text, 'UTF8')), 'hex'))
            || jsonb_strip_nulls(
                   jsonb_build_object('document', signed.digest, 'key', signed.key)));
END $$;
