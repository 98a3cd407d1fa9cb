-- How long so many bytes must be open before a yes; nothing where the policy does not say.
-- Of several on one page, each more takes the least of it, too.
CREATE FUNCTION outbox.dwell_of(octets bigint, together bigint, ruling jsonb) RETURNS interval
LANGUAGE sql STABLE AS $$
    SELECT least((dwell ->> 'most')::interval,
                 (dwell ->> 'least')::interval
                 + (dwell ->> 'per_kilobyte')::interval * (octets / 1024.0))
           + (dwell ->> 'least')::interval * (together - 1)
      FROM jsonb_extract_path(ruling, 'attention', 'dwell') AS dwell
$$;
