-- Record a decision and move the intent where it leads.  A new look voids the approval.  Who
-- says no says why: in a word that can be counted, and in words for the agent.  A decoy is over
-- with it, and what was sealed comes to light.
CREATE FUNCTION outbox.decide(
    id bigint, digest text, actor text, role text, target text, kind text, evidence jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    ruling outbox.policy := outbox.policy_in_force();
    held outbox.intent;
BEGIN
    IF (decide.target, decide.kind) NOT IN (
        ('rejected', 'rejected'), ('sent_back', 'sent_back'), ('withdrawn', 'withdrawn'),
        ('in_review', 'returned'),
        ('sent', 'resolved'), ('in_review', 'resolved'), ('rejected', 'resolved')) THEN
        RAISE EXCEPTION 'to decide % is no receipt of %', decide.target, decide.kind
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_receipt_says_what_was_done';
    END IF;
    IF decide.kind IN ('rejected', 'sent_back') AND (
        coalesce(decide.evidence ->> 'reason', '') !~ '\S'
        OR coalesce(decide.evidence ->> 'because', '') NOT IN (
            'wrong_recipient', 'wrong_content', 'wrong_amount', 'not_now', 'duplicate',
            'suspicious', 'policy', 'other')) THEN
        RAISE EXCEPTION 'say because of what, in a known word, and the reason in yours'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_no_says_why', TABLE = 'receipt', SCHEMA = 'outbox';
    END IF;
    IF decide.role = 'human' AND decide.kind IN ('rejected', 'sent_back', 'withdrawn') THEN
        SELECT * INTO held FROM outbox.intent WHERE intent.id = decide.id;
        IF decide.kind <> 'withdrawn' THEN
            PERFORM outbox.heed(held.id, held.version, decide.actor, decide.kind,
                                ruling.document);
        END IF;
        IF outbox.is_decoy(held.id) THEN
            PERFORM outbox.meet(held.id, decide.digest, decide.actor, decide.kind,
                                ruling.document);
            RETURN;
        END IF;
        PERFORM outbox.unseal(held.id, decide.actor, NULL, false, ruling);
    END IF;
    WITH kept AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        VALUES (decide.id, decide.kind, decide.role, decide.actor, decide.digest,
                decide.evidence)
        RETURNING id
    )
    UPDATE outbox.intent
       SET state = decide.target, moved_by = decide.role, claims = 0, receipt_id = kept.id,
           approval_id = CASE WHEN decide.target <> 'in_review' THEN approval_id END,
           attempt_id = CASE WHEN decide.target <> 'in_review' THEN attempt_id END
      FROM kept WHERE intent.id = decide.id;
END $$;
