-- Detach a partition of events whose export has so many of them and this digest; it stays in
-- the database, by itself, until somebody drops it.  No partition goes that is in use, of which
-- Kafka lacks an event, or with a move of an intent that is not over.
-- First it is locked against those who still write there: what they commit would be in no
-- export.  Nobody else waits for that.  To detach it takes a moment alone with the events, and
-- is given up when that does not come soon: whoever sends waits no longer.
CREATE FUNCTION outbox.archive_partition(
    number bigint, events bigint, digest text, actor text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET lock_timeout = '50ms' AS $$
DECLARE
    name text := 'event_' || archive_partition.number;
    first bigint := archive_partition.number << 25;
    until bigint := (archive_partition.number + 1) << 25;
    broken text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'outbox.event'::regclass
                                             AND inhrelid = to_regclass('outbox.' || name)) THEN
        RETURN NULL;
    END IF;
    EXECUTE format('LOCK TABLE outbox.%I IN SHARE MODE', name);
    broken := CASE
        WHEN (SELECT last_value < until FROM outbox.event_seq_seq)
        THEN 'the_partition_in_use_stays'
        WHEN EXISTS (SELECT FROM outbox.shard CROSS JOIN LATERAL (
                         SELECT FROM outbox.unpublished AS waits
                          WHERE waits.shard = shard.id AND waits.seq >= first
                            AND waits.seq < until LIMIT 1) AS one)
        THEN 'what_kafka_lacks_is_not_archived'
        WHEN EXISTS (SELECT FROM outbox.intent CROSS JOIN LATERAL (
                         SELECT FROM outbox.event
                          WHERE event.intent_id = intent.id AND seq >= first AND seq < until
                          LIMIT 1) AS one
                      WHERE state NOT IN ('sent', 'rejected', 'withdrawn', 'expired'))
        THEN 'only_what_is_over_is_archived'
        WHEN (SELECT count(*) FROM outbox.event WHERE seq >= first AND seq < until)
             <> archive_partition.events
        THEN 'an_archive_has_every_event'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'partition % is not archived', name
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = broken,
                  SCHEMA = 'outbox', TABLE = 'event';
    END IF;
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('archived', 'human', archive_partition.actor,
            jsonb_build_object('partition', name, 'events', archive_partition.events,
                               'sha256', archive_partition.digest));
    EXECUTE format('ALTER TABLE outbox.event DETACH PARTITION outbox.%I', name);
    RETURN name;
END $$;
