-- Bring the first yes to light, now that a second person has decided: as the first of an approval
-- that takes one more than the policy says if they agree, or by its receipt alone.  Nobody is the
-- second of themselves.  What is no yes any more to what stands there now counts nowhere.
CREATE FUNCTION outbox.unseal(
    id bigint, actor text, principal text, agreed boolean, ruling outbox.policy
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    held outbox.intent;
    one outbox.sealed;
    given outbox.approval;
    valid boolean;
    said jsonb;
BEGIN
    SELECT * INTO one FROM outbox.sealed WHERE intent = unseal.id;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO held FROM outbox.intent WHERE intent.id = unseal.id;
    valid := outbox.is_in_force(one, held, ruling);
    IF agreed AND valid THEN
        IF lower(btrim(unseal.actor)) = lower(btrim(one.actor))
           OR lower(btrim(coalesce(unseal.principal, unseal.actor)))
              = lower(btrim(coalesce(one.principal, one.actor))) THEN
            RAISE EXCEPTION '% has said yes to intent % already: it takes one more',
                            unseal.actor, unseal.id
                USING ERRCODE = 'integrity_constraint_violation',
                      CONSTRAINT = 'nobody_is_heard_twice', TABLE = 'sealed', SCHEMA = 'outbox';
        END IF;
        given := outbox.endorse(one.intent, one.version, one.digest, one.manifest, one.actor,
                                one.expires_at - now(), greatest(one.held_until - now(), '0'),
                                ruling, one.document_id, one.principal, one.delegation_id,
                                one.wrote);
        UPDATE outbox.approval SET extra = 1 WHERE approval.id = given.id RETURNING * INTO given;
    END IF;
    DELETE FROM outbox.sealed WHERE intent = unseal.id;
    said := jsonb_strip_nulls(jsonb_build_object(
        'approval', given.id, 'manifest', encode(sha256(one.manifest), 'hex'),
        'policy', one.policy, 'missing',
        CASE WHEN given.id IS NOT NULL THEN outbox.lacking(given, ruling.document) END,
        'sealed_at', one.sealed_at, 'expires_at', one.expires_at,
        'sole_operator', nullif(one.wrote, false), 'delegation', one.delegation_id,
        'document', (SELECT document.digest FROM outbox.document
                      WHERE document.id = one.document_id),
        'key', (SELECT key FROM outbox.document WHERE document.id = one.document_id)))
        || coalesce((SELECT jsonb_build_object('delegation_document', document.digest,
                                               'delegation_key', document.key)
                       FROM outbox.delegation JOIN outbox.document ON document.id = document_id
                      WHERE delegation.id = one.delegation_id), '{}');
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (one.intent, 'endorsed', 'human', concat_ws(' for ', one.actor, one.principal),
            one.digest, said);
    IF valid AND lower(btrim(unseal.actor)) <> lower(btrim(one.actor)) THEN
        INSERT INTO outbox.second_look (intent, first, second, agreed)
        VALUES (one.intent, lower(btrim(one.actor)), lower(btrim(unseal.actor)), unseal.agreed);
    END IF;
END $$;
