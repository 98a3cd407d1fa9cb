-- Everything of these kinds that waits for a person now, since when it does, and since when
-- there is something to tell of it.  Read off the states: what was decided is not told any
-- more, and nothing that was missed once is missed for good.  An attester is silent if a receipt
-- waits for five minutes and it has signed nothing meanwhile.
CREATE FUNCTION outbox.waits(kinds text[], tenants text[], groups text[], person text)
RETURNS TABLE (kind text, intent_id bigint, state text, since timestamptz, came timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT held.state, held.id, held.state, held.moved_at, held.moved_at
      FROM outbox.intent AS held
     WHERE held.state IN ('in_review', 'awaiting_approval', 'stranded')
       AND held.state = ANY (kinds)
       AND (tenants IS NULL OR held.tenant = ANY (tenants))
       AND (groups IS NULL OR outbox.concerns(held, groups))
     UNION ALL
    SELECT said.step, held.id, held.state, held.moved_at, said.at
      FROM outbox.intent AS held
      JOIN outbox.reminder AS said ON said.intent_id = held.id AND said.since = held.moved_at
     WHERE held.state IN ('in_review', 'awaiting_approval')
       AND said.step = ANY (kinds)
       AND (tenants IS NULL OR held.tenant = ANY (tenants))
       AND (groups IS NULL OR outbox.concerns(held, groups))
       AND (person IS NULL OR outbox.escalates_to(held, person))
     UNION ALL
    SELECT 'switch', 0, CASE WHEN outbound THEN 'on' ELSE 'off' END, flipped_at, flipped_at
      FROM outbox.switch WHERE 'switch' = ANY (kinds)
     UNION ALL
    SELECT 'attester_silent', 0, 'silent', coalesce(last.at, oldest.at), oldest.at
      FROM (SELECT receipt.at
              FROM outbox.unattested
             CROSS JOIN LATERAL (
                   SELECT * FROM outbox.receipt
                    WHERE receipt.id = unattested.receipt_id OFFSET 0) AS receipt
             ORDER BY unattested.receipt_id LIMIT 1) AS oldest
      LEFT JOIN (SELECT signed_at AS at FROM outbox.checkpoint
                  ORDER BY size DESC LIMIT 1) AS last ON true
     WHERE 'attester_silent' = ANY (kinds)
       AND greatest(oldest.at, last.at) < now() - interval '5 minutes'
$$;
