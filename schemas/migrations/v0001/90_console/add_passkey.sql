-- Keep a passkey that a person has made, for a root to vouch for.
CREATE FUNCTION outbox.add_passkey(name text, person text, content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
BEGIN
    INSERT INTO outbox.passkey (name, person, content)
    VALUES (add_passkey.name, add_passkey.person, add_passkey.content);
END $$;
