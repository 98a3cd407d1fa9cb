-- Plant what is due among what agents propose: as a proposal of the agent that has proposed last
-- there, or last of that name, over its login and with a key like its own.  Where nobody has, it
-- waits.
CREATE FUNCTION outbox.plant(worker text, batch int) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    one outbox.seed;
    model outbox.intent;
    planted bigint;
    secret bytea;
BEGIN
    FOR one IN
        SELECT * FROM outbox.seed WHERE due_at <= now()
         ORDER BY due_at, id LIMIT plant.batch FOR UPDATE SKIP LOCKED
    LOOP
        SELECT intent.* INTO model FROM outbox.intent
         WHERE tenant = one.for_tenant AND channel = one.channel
           AND producer = coalesce(one.producer, producer)
           AND NOT outbox.is_decoy(id)
         ORDER BY id DESC LIMIT 1;
        IF model.id IS NULL THEN
            UPDATE outbox.seed SET due_at = now() + interval '10 minutes' WHERE id = one.id;
            CONTINUE;
        END IF;
        planted := nextval(pg_get_serial_sequence('outbox.intent', 'id'));
        secret := outbox.new_secret();
        INSERT INTO outbox.decoy (intent, flaw, seeded_by, seeded_at)
        VALUES (planted, one.flaw, one.seeded_by, one.seeded_at);
        WITH born AS (
            INSERT INTO outbox.intent (id, tenant, login, idempotency_key, producer, channel,
                                       state, moved_by, digest, not_after, traceparent)
                   OVERRIDING SYSTEM VALUE
            VALUES (planted, model.tenant, model.login,
                    outbox.free_key(model.tenant, model.idempotency_key), model.producer,
                    model.channel, 'submitted', 'agent', encode(outbox.hmac(secret, one.content), 'hex'),
                    now() + (model.not_after - model.created_at),
                    CASE WHEN model.traceparent IS NOT NULL
                         THEN '00-' || encode(uuid_send(gen_random_uuid()), 'hex') || '-'
                              || left(encode(outbox.new_secret(), 'hex'), 16) || '-01' END)
            RETURNING id, digest, producer
        ), written AS (
            INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)
            SELECT id, 1, digest, secret, one.content, producer FROM born
        )
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, login, digest, evidence)
        SELECT id, 'persisted', 'agent', producer, model.login, digest, '{}' FROM born;
        DELETE FROM outbox.seed WHERE id = one.id;
        RETURN NEXT planted;
    END LOOP;
END $$;
