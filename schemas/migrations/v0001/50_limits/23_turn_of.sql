-- When the caps will have room for this intent, as far as that can be known: once what has
-- left, and whose turn is before its own, has left the windows.  NULL: they have room now.
-- Who has no turn yet is behind everybody.
CREATE FUNCTION outbox.turn_of(
    resting bigint, instant timestamptz
) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT max(filling.at + cap.span)
      FROM outbox.caps_on(resting) AS cap
      LEFT JOIN outbox.turn AS mine
        ON mine.intent_id = resting AND mine.scope = cap.scope AND mine.name = cap.name
      CROSS JOIN LATERAL (
          SELECT at
            FROM (SELECT at, sum(weight) OVER (ORDER BY at DESC) AS since
                    FROM (SELECT at, weight FROM outbox.counted
                           WHERE counted.scope = cap.scope AND counted.name = cap.name
                             AND at > instant - cap.span
                           UNION ALL
                          SELECT at, weight FROM outbox.turn
                           WHERE turn.scope = cap.scope AND turn.name = cap.name
                             AND at > instant - cap.span
                             AND (mine.at IS NULL
                                  OR (at, turn.intent_id) < (mine.at, mine.intent_id))
                             AND EXISTS (SELECT FROM outbox.intent
                                          WHERE id = turn.intent_id
                                            AND state IN ('approved', 'sending'))
                           ORDER BY at DESC LIMIT cap.most) AS leaving) AS newest
           WHERE since + cap.weight > cap.most
           ORDER BY at DESC LIMIT 1) AS filling
$$;
