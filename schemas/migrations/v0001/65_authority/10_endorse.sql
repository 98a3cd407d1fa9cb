-- Add one person's yes to the approval of this very manifest that waits for more under the
-- same policy, or begin one.  It ends with the first of them that ends, and is held as long as
-- the last.  The manifest names the intent and its version; the intent is named for the index.
-- Whoever approves in another's place is heard in that place, and nobody is heard twice.
CREATE FUNCTION outbox.endorse(
    id bigint, version int, digest text, manifest bytea, actor text, valid_for interval,
    hold interval, ruling outbox.policy, document bigint, principal text, delegation bigint,
    wrote boolean
) RETURNS outbox.approval
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    given outbox.approval;
BEGIN
    UPDATE outbox.approval
       SET expires_at = least(expires_at, now() + endorse.valid_for),
           held_until = greatest(held_until, nullif(now() + endorse.hold, now()))
     WHERE id = (SELECT max(id) FROM outbox.approval AS one
                  WHERE intent_id = endorse.id AND manifest = endorse.manifest
                    AND policy = ruling.revision
                    AND revoked_at IS NULL AND expires_at > now()
                    AND outbox.lacking(one, ruling.document) > 0)
    RETURNING * INTO given;
    IF NOT FOUND THEN
        INSERT INTO outbox.approval (intent_id, version, digest, manifest, manifest_digest,
                                     approver, policy, held_until, expires_at)
        VALUES (endorse.id, endorse.version, endorse.digest, endorse.manifest,
                encode(sha256(endorse.manifest), 'hex'), endorse.actor, ruling.revision,
                nullif(now() + endorse.hold, now()), now() + endorse.valid_for)
        RETURNING * INTO given;
    END IF;
    INSERT INTO outbox.endorsement (approval_id, intent_id, approver, wrote, document_id,
                                    document, delegation_id, delegator)
    VALUES (given.id, endorse.id, endorse.actor, endorse.wrote, endorse.document,
            (SELECT digest FROM outbox.document WHERE id = endorse.document),
            endorse.delegation, endorse.principal);
    RETURN given;
END $$;
