-- 32 bytes that nobody can guess: a random UUID has 122 random bits.
CREATE FUNCTION outbox.new_secret() RETURNS bytea
LANGUAGE sql VOLATILE AS $$
    SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
$$;
