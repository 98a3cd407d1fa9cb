-- What these bytes say, name by name; NULL if nobody could read it whole.  `json` keeps every
-- name that comes twice; `jsonb` is stricter about what a text or a number may be.
CREATE FUNCTION outbox.said_in(content bytea) RETURNS json LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    words text;
BEGIN
    words := convert_from(content, 'UTF8');
    RETURN CASE jsonb_typeof(words::jsonb) WHEN 'object' THEN words::json END;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $$;
