-- Propose inside the caller's transaction; the contract for every language.
CREATE FUNCTION outbox.submit(
    key text, producer text, channel text, content bytea,
    not_before timestamptz DEFAULT NULL, not_after timestamptz DEFAULT NULL,
    traceparent text DEFAULT NULL, tenant text DEFAULT NULL,
    OUT id bigint, OUT version int, OUT digest text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
BEGIN
    SELECT * INTO submit.id, submit.version, submit.digest
      FROM outbox.submit_each(ARRAY[key], ARRAY[producer], ARRAY[channel], ARRAY[content],
                              ARRAY[not_before], ARRAY[not_after], ARRAY[traceparent],
                              ARRAY[tenant]);
END $$;
