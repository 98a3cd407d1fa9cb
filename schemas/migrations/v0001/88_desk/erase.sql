-- Take the bytes of an intent, their secret and its recipients away, for good: its receipts
-- still verify, and one more of them says who did it and why.  Only once nothing more can
-- become of it, and once it no longer counts for a cap on its recipients.
CREATE FUNCTION outbox.erase(id bigint, actor text, reason text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
DECLARE
    held outbox.intent;
    until timestamptz;
    versions int;
BEGIN
    SELECT * INTO held FROM outbox.intent WHERE intent.id = erase.id FOR UPDATE;
    IF NOT FOUND OR EXISTS (SELECT FROM outbox.move WHERE source = held.state) THEN
        RAISE EXCEPTION 'intent % is %', erase.id, held.state
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'only_what_is_final_is_erased',
                  TABLE = 'intent', SCHEMA = 'outbox';
    END IF;
    until := outbox.counts_until(erase.id);
    IF until IS NOT NULL THEN
        RAISE EXCEPTION 'intent % counts until %', erase.id, date_trunc('second', until)
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'what_still_counts_for_a_cap_is_not_erased',
                  TABLE = 'counted', SCHEMA = 'outbox';
    END IF;
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (held.id, 'erased', 'human', erase.actor, held.digest,
            jsonb_build_object('reason', erase.reason));
    DELETE FROM outbox.counted USING outbox.attempt
     WHERE attempt.intent_id = held.id AND counted.attempt_id = attempt.id
       AND counted.scope IN ('address', 'domain')
       AND counted.at BETWEEN attempt.permitted_at AND attempt.permitted_at + interval '1 day';
    DELETE FROM outbox.recipient WHERE intent_id = held.id;
    DELETE FROM outbox.sealed WHERE sealed.intent = held.id;
    UPDATE outbox.approval SET manifest = NULL WHERE intent_id = held.id;
    UPDATE outbox.score SET reasons = '[]', kinds = '{}' WHERE intent_id = held.id;
    UPDATE outbox.artifact SET secret = NULL, content = NULL, erased_at = now()
     WHERE intent_id = held.id;
    GET DIAGNOSTICS versions = ROW_COUNT;
    RETURN versions;
END $$;
