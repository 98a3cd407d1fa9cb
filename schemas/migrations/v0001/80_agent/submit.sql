-- Propose inside the caller's transaction; the contract for every language.
-- Same key and bytes: the same intent.  Same key, other bytes: refused, loudly; and so are
-- all bytes once those were erased.
-- One statement writes both rows, since each names the other.  The tenant is one of those
-- that the login is bound to; it need not be said if there is no choice.
CREATE FUNCTION outbox.submit(
    key text, producer text, channel text, content bytea,
    not_before timestamptz DEFAULT NULL, not_after timestamptz DEFAULT NULL,
    traceparent text DEFAULT NULL, tenant text DEFAULT NULL,
    OUT id bigint, OUT version int, OUT digest text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    secret bytea := outbox.new_secret();
    named text := encode(outbox.hmac(secret, content), 'hex');
    mine text[] := coalesce((SELECT array_agg(tenancy.tenant) FROM outbox.tenancy
                              WHERE tenancy.login = session_user), '{default}');
    chosen text := coalesce(submit.tenant, CASE cardinality(mine) WHEN 1 THEN mine[1] END);
BEGIN
    IF chosen IS NULL OR chosen <> ALL (mine) THEN
        RAISE EXCEPTION 'the login % may not propose for the tenant %', session_user,
                        coalesce(chosen, 'that it does not name: it is bound to several')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH born AS (
        INSERT INTO outbox.intent AS i (tenant, idempotency_key, producer, channel, state,
                                        moved_by, digest, not_before, not_after, due_at,
                                        traceparent)
        VALUES (chosen, submit.key, submit.producer, submit.channel, 'submitted', 'agent',
                named, coalesce(submit.not_before, now()), submit.not_after,
                coalesce(submit.not_before, now()), submit.traceparent)
        ON CONFLICT (tenant, idempotency_key) DO NOTHING
        RETURNING i.id, i.version, i.digest
    ), written AS (
        INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)
        SELECT born.id, born.version, born.digest, secret, submit.content, submit.producer
          FROM born
    ), receipted AS (
        INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
        SELECT born.id, 'persisted', 'agent', submit.producer, born.digest, '{}' FROM born
    )
    SELECT born.id, born.version, born.digest INTO submit.id, submit.version, submit.digest
      FROM born;
    IF NOT FOUND THEN
        SELECT a.intent_id, a.version, a.digest,
               encode(outbox.hmac(a.secret, submit.content), 'hex')
          INTO submit.id, submit.version, submit.digest, named
          FROM outbox.artifact a JOIN outbox.intent i ON i.id = a.intent_id
         WHERE i.tenant = chosen AND i.idempotency_key = submit.key AND a.version = 1;
        IF submit.digest IS DISTINCT FROM named THEN
            RAISE EXCEPTION 'key % already names intent % with % bytes', key, submit.id,
                            CASE WHEN named IS NULL THEN 'erased' ELSE 'other' END
                USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_key_names_one_artifact',
                      SCHEMA = 'outbox', TABLE = 'intent';
        END IF;
    END IF;
END $$;
