-- Keep the first yes to what was drawn for a second look out of everybody's sight; say how many
-- more people must say yes at least, or nothing where this is not that first one.
CREATE FUNCTION outbox.seal(
    id bigint, version int, digest text, manifest bytea, actor text, valid_for interval,
    hold interval, ruling outbox.policy, document bigint, principal text, delegation bigint,
    wrote boolean
) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    held outbox.intent;
    first outbox.sealed;
BEGIN
    IF NOT outbox.is_drawn(seal.id, seal.version, ruling.document) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO held FROM outbox.intent WHERE intent.id = seal.id;
    SELECT * INTO first FROM outbox.sealed
     WHERE sealed.intent = seal.id AND outbox.is_in_force(sealed, held, ruling);
    IF held.state NOT IN ('in_review', 'awaiting_approval')
       OR first.intent IS NOT NULL OR outbox.opened(held, ruling) IS NOT NULL THEN
        RETURN NULL;
    END IF;
    PERFORM outbox.unseal(seal.id, seal.actor, seal.principal, false, ruling);
    INSERT INTO outbox.sealed (intent, version, digest, manifest, policy, actor, principal,
                               wrote, document_id, delegation_id, held_until, expires_at)
    VALUES (seal.id, seal.version, seal.digest, seal.manifest, ruling.revision, seal.actor,
            seal.principal, seal.wrote, seal.document, seal.delegation,
            now() + seal.hold, now() + seal.valid_for);
    RETURN (SELECT max(approvals) FROM outbox.needs_of(held, ruling.document));
END $$;
