-- What stands in the way of this intent on its own account: whom it reaches, what it is about,
-- and what was said when it was approved.
CREATE FUNCTION outbox.own_limits(
    claimed bigint, instant timestamptz
) RETURNS TABLE (reason text, until timestamptz) LANGUAGE sql STABLE AS $$
    SELECT 'recipients_unknown', NULL::timestamptz
      FROM outbox.intent
     WHERE id = claimed AND NOT EXISTS (
           SELECT FROM outbox.recipient
            WHERE intent_id = claimed AND recipient.version = intent.version)
     UNION ALL
    SELECT 'amount_unknown', NULL
      FROM outbox.intent
      JOIN outbox.amount ON intent_id = id AND amount.version = intent.version
     WHERE id = claimed AND value IS NULL
     UNION ALL
    SELECT 'suppressed', NULL FROM outbox.suppressed(claimed)
     UNION ALL
    SELECT 'held', held_until
      FROM outbox.intent JOIN outbox.approval ON approval.id = approval_id
     WHERE intent.id = claimed AND held_until > instant
$$;
