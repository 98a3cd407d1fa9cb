-- A person has decided on a decoy: it is over, whatever they said, and it leaves no approval.
CREATE FUNCTION outbox.meet(decoy bigint, digest text, actor text, said text, ruling jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    noticed boolean := CASE WHEN meet.said = 'approved' THEN false
                            WHEN meet.said IN ('rejected', 'sent_back') THEN true END;
    kept bigint;
BEGIN
    INSERT INTO outbox.met (decoy, person, said, caught)
    VALUES (meet.decoy, lower(btrim(meet.actor)), meet.said, noticed);
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (meet.decoy, 'decoy', 'human', meet.actor, meet.digest,
            jsonb_build_object('said', meet.said, 'caught', noticed))
    RETURNING id INTO kept;
    UPDATE outbox.intent
       SET state = 'withdrawn', moved_by = 'human', claims = 0, receipt_id = kept
     WHERE id = meet.decoy;
    IF NOT noticed THEN
        PERFORM outbox.tighten(meet.actor, 'missed', ruling);
    END IF;
END $$;
