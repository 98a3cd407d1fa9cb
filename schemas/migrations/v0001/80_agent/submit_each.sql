-- Propose each of these inside the caller's transaction, and give them back in their order.
-- Same key and bytes: the same intent.  Same key, other bytes: refused, loudly, and so are all.
-- One statement writes both rows, since each names the other.  The tenant is one of those
-- that the login is bound to; it need not be said if there is no choice.  In one of several
-- cells a login that is bound to none proposes for nobody.  A trace context is an agent's word,
-- and goes on to Kafka: in its W3C form, or not at all.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.submit_each(
    keys text[], producers text[], channels text[], contents bytea[],
    not_befores timestamptz[], not_afters timestamptz[], traceparents text[], tenants text[]
) RETURNS TABLE (id bigint, version int, digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    mine text[] := coalesce((SELECT array_agg(tenancy.tenant) FROM outbox.tenancy
                              WHERE tenancy.login = session_user),
                            ARRAY(SELECT 'default' WHERE NOT EXISTS (SELECT FROM outbox.cell)));
    alone text := CASE cardinality(mine) WHEN 1 THEN mine[1] END;
    chosen text[];
    added int;
BEGIN
    chosen := ARRAY(SELECT coalesce(one, alone)
                      FROM unnest(submit_each.tenants) WITH ORDINALITY AS named (one, place)
                     ORDER BY place);
    IF (chosen <@ mine) IS NOT TRUE THEN
        RAISE EXCEPTION 'the login % may not propose for the tenant %', session_user,
                        coalesce((SELECT one FROM unnest(chosen) AS one
                                   WHERE one <> ALL (mine) LIMIT 1),
                                 'that it does not name: it is bound to several')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH drawn AS MATERIALIZED (
        SELECT *, outbox.new_secret() AS secret
          FROM unnest(submit_each.keys, submit_each.producers, submit_each.channels,
                      submit_each.contents, submit_each.not_befores, submit_each.not_afters,
                      submit_each.traceparents, chosen) WITH ORDINALITY
               AS asked (key, producer, channel, content, not_before, not_after, traceparent,
                         tenant, place)
    ), named AS MATERIALIZED (
        SELECT *, encode(outbox.hmac(secret, content), 'hex') AS digest FROM drawn
    ), born AS (
        INSERT INTO outbox.intent AS i (tenant, idempotency_key, producer, channel, state,
                                        moved_by, digest, not_before, not_after, due_at,
                                        traceparent)
        SELECT tenant, key, producer, channel, 'submitted', 'agent', digest,
               coalesce(not_before, now()), not_after, coalesce(not_before, now()),
               CASE WHEN traceparent ~ ('^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}'
                                        '-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$')
                    THEN traceparent END
          FROM named ORDER BY place
        ON CONFLICT (tenant, idempotency_key) DO NOTHING
        RETURNING i.id, i.version, i.digest
    ), written AS (
        INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)
        SELECT born.id, born.version, born.digest, secret, content, producer
          FROM born JOIN named USING (digest)
    )
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    SELECT born.id, 'persisted', 'agent', producer, born.digest, '{}'
      FROM born JOIN named USING (digest) ORDER BY place;
    GET DIAGNOSTICS added = ROW_COUNT;
    IF added < cardinality(keys) THEN
        PERFORM outbox.check_known(keys, contents, chosen);
    END IF;
    RETURN QUERY
    SELECT artifact.intent_id, artifact.version, artifact.digest
      FROM unnest(submit_each.keys, chosen) WITH ORDINALITY AS asked (key, tenant, place)
      JOIN outbox.intent AS i ON i.tenant = asked.tenant AND i.idempotency_key = asked.key
      JOIN outbox.artifact ON artifact.intent_id = i.id AND artifact.version = 1
     ORDER BY asked.place;
END $$;
