-- Add one person's yes to the approval of this very manifest that waits for more, or begin
-- one.  It ends with the first of them that ends, and is held as long as the last.  The
-- manifest names the intent and its version; the intent is named for the index.  Whoever
-- approves in another's place is heard in that place, and nobody is heard twice.
CREATE FUNCTION outbox.endorse(
    id bigint, version int, digest text, manifest bytea, actor text, valid_for interval,
    hold interval, needed int, document bigint, delegation bigint
) RETURNS outbox.approval
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    given outbox.approval;
    principal text := outbox.delegator_of(endorse.delegation, endorse.actor, endorse.id);
BEGIN
    UPDATE outbox.approval
       SET expires_at = least(expires_at, now() + endorse.valid_for),
           held_until = greatest(held_until, nullif(now() + endorse.hold, now()))
     WHERE id = (SELECT max(id) FROM outbox.approval AS one
                  WHERE intent_id = endorse.id AND manifest = endorse.manifest
                    AND needed = endorse.needed
                    AND revoked_at IS NULL AND expires_at > now()
                    AND needed > (SELECT count(*) FROM outbox.endorsement
                                   WHERE approval_id = one.id))
    RETURNING * INTO given;
    IF NOT FOUND THEN
        INSERT INTO outbox.approval (intent_id, version, digest, manifest, manifest_digest,
                                     approver, needed, held_until, expires_at)
        VALUES (endorse.id, endorse.version, endorse.digest, endorse.manifest,
                encode(sha256(endorse.manifest), 'hex'), endorse.actor, endorse.needed,
                nullif(now() + endorse.hold, now()), now() + endorse.valid_for)
        RETURNING * INTO given;
    END IF;
    IF EXISTS (SELECT FROM outbox.endorsement AS earlier
                WHERE approval_id = given.id
                  AND lower(btrim(coalesce(earlier.delegator, earlier.approver)))
                    = lower(btrim(coalesce(principal, endorse.actor)))) THEN
        RAISE EXCEPTION '% was heard already', coalesce(principal, endorse.actor)
            USING ERRCODE = 'unique_violation',
                  CONSTRAINT = 'a_person_endorses_an_approval_once';
    END IF;
    INSERT INTO outbox.endorsement (approval_id, intent_id, approver, document_id, document,
                                    delegation_id, delegator)
    VALUES (given.id, endorse.id, endorse.actor, endorse.document,
            (SELECT digest FROM outbox.document WHERE id = endorse.document),
            endorse.delegation, principal);
    RETURN given;
END $$;
