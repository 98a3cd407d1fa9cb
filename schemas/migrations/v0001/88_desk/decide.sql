-- Record a decision and move the intent where it leads.  A new look voids the approval.
CREATE FUNCTION outbox.decide(
    id bigint, digest text, actor text, role text, target text, kind text, evidence jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF (decide.target, decide.kind) NOT IN (
        ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('in_review', 'returned'),
        ('sent', 'resolved'), ('in_review', 'resolved'), ('rejected', 'resolved')) THEN
        RAISE EXCEPTION 'to decide % is no receipt of %', decide.target, decide.kind
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_receipt_says_what_was_done';
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
