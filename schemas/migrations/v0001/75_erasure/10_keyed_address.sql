-- What a receipt says instead of an address: whoever has the secret of the intent can tell
-- whether it was this one; once it is erased, nobody can.
CREATE FUNCTION outbox.keyed_address(address text, secret bytea) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'address:' || encode(outbox.hmac(secret, convert_to(lower(address), 'UTF8')), 'hex')
$$;
