-- Say once, by a receipt and an event, that an intent waits for longer than the policy lets
-- it wait unheard; it goes on waiting.
CREATE FUNCTION outbox.remind(worker text, batch int) RETURNS TABLE (id bigint, step text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    late record;
    held outbox.intent;
    logged bigint;
BEGIN
    FOR late IN
        SELECT * FROM outbox.overdue() AS found
         WHERE NOT EXISTS (
               SELECT FROM outbox.reminder
                WHERE reminder.intent_id = found.id AND reminder.since = found.since
                  AND reminder.step = found.step)
         LIMIT remind.batch
    LOOP
        SELECT * INTO held FROM outbox.intent
         WHERE id = late.id AND moved_at = late.since FOR UPDATE SKIP LOCKED;
        CONTINUE WHEN NOT FOUND;
        INSERT INTO outbox.reminder (intent_id, since, step)
        VALUES (held.id, late.since, late.step) ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        VALUES (held.id, late.step, 'sweeper', remind.worker, held.digest,
                jsonb_build_object('waits_since', late.since, 'due', late.due,
                                   'to', late.names));
        INSERT INTO outbox.event (intent_id, target, role, version, digest, traceparent, notice)
        VALUES (held.id, held.state, 'sweeper', held.version, held.digest, held.traceparent,
                late.step)
        RETURNING seq INTO logged;
        INSERT INTO outbox.unpublished (shard, seq) VALUES (outbox.shard_of(held.id), logged);
        id := held.id;
        step := late.step;
        RETURN NEXT;
    END LOOP;
END $$;
