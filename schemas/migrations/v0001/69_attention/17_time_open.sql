-- How long a person had this open, and how much longer they must; of several openings, that by
-- which they may say yes first.  Nobody reads two at once: what was open while they decided on
-- something else begins anew, unless it was on the same page.
CREATE FUNCTION outbox.time_open(intent bigint, version int, actor text, ruling jsonb)
RETURNS TABLE (batch text, took interval, yet interval) LANGUAGE sql AS $$
    SELECT mine.batch, clock_timestamp() - mine.since,
           outbox.dwell_of(octet_length(artifact.content), mine.together, ruling)
           - (clock_timestamp() - mine.since)
      FROM (SELECT look.batch,
                   greatest(opened_at, (
                       SELECT max(at) FROM outbox.verdict
                        WHERE verdict.person = look.person
                          AND (verdict.batch = '' OR verdict.batch <> look.batch))) AS since,
                   CASE look.batch WHEN '' THEN 1
                   ELSE (SELECT count(*) FROM outbox.look AS other
                          WHERE other.person = look.person AND other.batch = look.batch)
                   END AS together
              FROM outbox.look
             WHERE look.intent = time_open.intent AND look.version = time_open.version
               AND look.person = lower(btrim(time_open.actor))) AS mine
      JOIN outbox.artifact ON artifact.intent_id = time_open.intent
                          AND artifact.version = time_open.version
     ORDER BY 3, 2 DESC LIMIT 1
$$;
