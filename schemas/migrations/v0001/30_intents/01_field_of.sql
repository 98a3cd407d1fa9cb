-- What the bytes of an artifact say in one of their fields, to be shown in a list; NULL if
-- they say nothing that can be shown there.
CREATE FUNCTION outbox.field_of(content bytea, field text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN left(convert_from(content, 'UTF8')::json ->> field, 500);
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $$;
