-- What stands in the way of this intent at this instant, in one word each, and until when;
-- what only a person can mend has no end.  A cap is reached if the attempt that fills it,
-- counted back, is still in its window.
CREATE FUNCTION outbox.limits(
    claimed bigint, instant timestamptz
) RETURNS TABLE (reason text, until timestamptz) LANGUAGE sql STABLE AS $$
    SELECT 'recipients_unknown', NULL::timestamptz
      FROM outbox.intent
     WHERE id = claimed AND channel = 'email' AND NOT EXISTS (
           SELECT FROM outbox.recipient
            WHERE intent_id = claimed AND recipient.version = intent.version)
     UNION ALL
    SELECT 'suppressed', NULL FROM outbox.suppressed(claimed)
     UNION ALL
    SELECT 'held', held_until
      FROM outbox.intent JOIN outbox.approval ON approval.id = approval_id
     WHERE intent.id = claimed AND held_until > instant
     UNION ALL
    SELECT 'cap_reached', filling.at + cap.span
      FROM outbox.caps_on(claimed) AS cap
      CROSS JOIN LATERAL (
          SELECT at FROM outbox.counted
           WHERE counted.scope = cap.scope AND counted.name = cap.name
           ORDER BY at DESC OFFSET cap.most - 1 LIMIT 1) AS filling
     WHERE filling.at + cap.span > instant
$$;
