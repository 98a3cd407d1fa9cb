-- HMAC-SHA-256 (RFC 2104), without any extension.  `bit_send` is the way from bits to bytes;
-- four bytes of length come first.
CREATE FUNCTION outbox.hmac(key bytea, content bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(
               substr(bit_send(padded # ('x' || repeat('5c', 64))::bit(512)), 5)
               || sha256(substr(bit_send(padded # ('x' || repeat('36', 64))::bit(512)), 5)
                         || content))
      FROM (SELECT ('x' || rpad(encode(CASE WHEN octet_length(key) > 64 THEN sha256(key)
                                            ELSE key END, 'hex'), 128, '0'))::bit(512)
           ) AS block (padded)
$$;
