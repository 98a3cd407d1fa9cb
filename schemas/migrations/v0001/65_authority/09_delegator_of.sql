-- In whose place this person approves this intent; NULL if in nobody's.  Neither of the two may
-- have proposed it, and what one of them was given only they can use: nobody hands it on.
CREATE FUNCTION outbox.delegator_of(delegation bigint, actor text, intent bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    held outbox.delegation;
BEGIN
    IF delegator_of.delegation IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO held FROM outbox.delegation
     WHERE id = delegator_of.delegation AND delegate = delegator_of.actor
       AND revoked_at IS NULL AND not_before <= now() AND expires_at > now();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'delegation % is not one of % now', delegator_of.delegation,
                        delegator_of.actor
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_delegation_holds_for_its_delegate_within_its_dates';
    END IF;
    IF EXISTS (SELECT FROM outbox.intent
                WHERE id = delegator_of.intent AND lower(btrim(producer))
                   IN (lower(btrim(held.delegator)), lower(btrim(held.delegate)))) THEN
        RAISE EXCEPTION 'intent % was proposed by one of them', delegator_of.intent
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'neither_delegate_nor_delegator_has_proposed_it';
    END IF;
    RETURN held.delegator;
END $$;
