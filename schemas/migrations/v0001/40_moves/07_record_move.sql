-- Log the move and queue it for Kafka, in the transaction that makes it.  What was logged is not
-- read back: it would be looked at under the policies once more.
CREATE FUNCTION outbox.record_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    source text := CASE TG_OP WHEN 'INSERT' THEN 'unborn' ELSE OLD.state END;
BEGIN
    INSERT INTO outbox.event (intent_id, source, target, role, version, digest, traceparent)
    VALUES (NEW.id, source, NEW.state, NEW.moved_by, NEW.version, NEW.digest,
            NEW.traceparent);
    INSERT INTO outbox.unpublished (shard, seq)
    VALUES (outbox.shard_of(NEW.id), currval('outbox.event_seq_seq'));
    RETURN NULL;
END $$;
