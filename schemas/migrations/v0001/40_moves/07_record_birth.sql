-- Log the births of one statement and queue them for Kafka, in the transaction that makes them.
CREATE FUNCTION outbox.record_birth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH moved AS MATERIALIZED (
        SELECT nextval('outbox.event_seq_seq') AS seq, born.* FROM born
    ), logged AS (
        INSERT INTO outbox.event (seq, intent_id, source, target, role, version, digest,
                                  traceparent) OVERRIDING SYSTEM VALUE
        SELECT seq, id, 'unborn', state, moved_by, version, digest, traceparent FROM moved
    )
    INSERT INTO outbox.unpublished (shard, seq)
    SELECT outbox.shard_of(id), seq FROM moved;
    RETURN NULL;
END $$;
