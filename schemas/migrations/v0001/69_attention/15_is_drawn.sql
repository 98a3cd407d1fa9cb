-- Whether this version was drawn for a second look: one in so many, as the policy says.
CREATE FUNCTION outbox.is_drawn(intent bigint, version int, ruling jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT ('x' || left(encode(outbox.hmac(key, told), 'hex'), 8))::bit(32)::bigint
               % (ruling #>> '{attention,second,one_in}')::bigint = 0
          FROM outbox.draw,
               convert_to(is_drawn.intent || ':' || is_drawn.version, 'UTF8') AS told), false)
$$;
