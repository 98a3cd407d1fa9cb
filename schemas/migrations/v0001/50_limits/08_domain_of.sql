-- The domain of a mailbox, or the host of a web address; in lower case.
CREATE FUNCTION outbox.domain_of(address text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN starts_with(address, 'https://')
                THEN lower(substring(address FROM '^https://([^/:?#]*)'))
                ELSE lower(substring(address FROM '[^@]*$')) END
$$;
