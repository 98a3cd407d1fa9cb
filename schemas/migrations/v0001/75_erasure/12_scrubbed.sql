-- The same for every text in a JSON value.
CREATE FUNCTION outbox.scrubbed(
    told jsonb, secret bytea, addresses text[]
) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    CASE jsonb_typeof(told)
        WHEN 'string' THEN
            RETURN to_jsonb(outbox.without_addresses(told #>> '{}', secret, addresses));
        WHEN 'array' THEN
            RETURN (
                SELECT coalesce(jsonb_agg(outbox.scrubbed(part, secret, addresses)
                                          ORDER BY place), '[]')
                  FROM jsonb_array_elements(told) WITH ORDINALITY AS each (part, place));
        WHEN 'object' THEN
            RETURN (
                SELECT coalesce(jsonb_object_agg(name, outbox.scrubbed(part, secret, addresses)),
                                '{}')
                  FROM jsonb_each(told) AS each (name, part));
        ELSE
            RETURN told;
    END CASE;
END $$;
