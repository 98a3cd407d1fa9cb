-- Whether there is a receipt that says so.
CREATE FUNCTION outbox.is_erased(intent bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM outbox.receipt WHERE intent_id = intent AND kind = 'erased')
$$;
