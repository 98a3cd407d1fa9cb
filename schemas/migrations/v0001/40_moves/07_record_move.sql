-- Log the moves of one statement and queue them for Kafka, in the transaction that makes them.
-- Not "where the state differs": a move from a state to itself is refused, too.  A full join is
-- never planned row by row, as an inner one is in a session that began with a single move.
CREATE FUNCTION outbox.record_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH moved AS MATERIALIZED (
        SELECT nextval('outbox.event_seq_seq') AS seq, was.state AS source, now_is.*
          FROM now_is FULL JOIN was ON was.id = now_is.id
         WHERE now_is.moves IS DISTINCT FROM was.moves
    ), logged AS (
        INSERT INTO outbox.event (seq, intent_id, source, target, role, version, digest,
                                  traceparent) OVERRIDING SYSTEM VALUE
        SELECT seq, id, source, state, moved_by, version, digest, traceparent FROM moved
    )
    INSERT INTO outbox.unpublished (shard, seq)
    SELECT outbox.shard_of(id), seq FROM moved;
    RETURN NULL;
END $$;
