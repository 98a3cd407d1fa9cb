-- Write down what was told over a route.  Also of who was too late: it was told.  What waits no
-- longer is forgotten: an intent is never in the same wait again.
CREATE FUNCTION outbox.record_notified(
    route text, fence bigint, kinds text[], intents bigint[], sinces timestamptz[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    UPDATE outbox.route
       SET failures = 0, told_at = now(),
           leased_by = CASE WHEN fence <> record_notified.fence THEN leased_by END,
           lease_expires_at = CASE WHEN fence <> record_notified.fence
                              THEN lease_expires_at END
     WHERE name = record_notified.route;
    DELETE FROM outbox.notified AS told
     WHERE told.route = record_notified.route AND told.intent_id > 0
       AND NOT EXISTS (SELECT FROM outbox.intent
                        WHERE id = told.intent_id AND moved_at = told.since);
    INSERT INTO outbox.notified (route, kind, intent_id, since)
    SELECT record_notified.route, *
      FROM unnest(record_notified.kinds, record_notified.intents, record_notified.sinces)
    ON CONFLICT DO NOTHING;
END $$;
