-- Read the amount off the bytes themselves, like the recipients.  `json` keeps every name that
-- comes twice; then, or if it is not just a whole number and a currency, no reader may know
-- another amount than we count: it is unreadable, and nothing leaves.
CREATE FUNCTION outbox.record_amount() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named json[];
    readable boolean;
BEGIN
    named := ARRAY(SELECT value FROM json_each(convert_from(NEW.content, 'UTF8')::json)
                    WHERE key = 'amount');
    IF cardinality(named) = 0 THEN
        RETURN NULL;
    END IF;
    readable := cardinality(named) = 1
        AND ARRAY(SELECT key || ' ' || json_typeof(value) FROM json_each(named[1]) ORDER BY 1)
            = '{currency string,value number}'
        AND named[1] ->> 'currency' ~ '^[A-Z]{3}$'
        AND named[1] ->> 'value' ~ '^(0|[1-9][0-9]*)$'
        AND (named[1] ->> 'value')::numeric < 2 ^ 53::numeric;
    INSERT INTO outbox.amount (intent_id, version, value, currency)
    VALUES (NEW.intent_id, NEW.version,
            CASE WHEN readable THEN (named[1] ->> 'value')::bigint END,
            CASE WHEN readable THEN named[1] ->> 'currency' END);
    RETURN NULL;
EXCEPTION WHEN data_exception THEN
    INSERT INTO outbox.amount (intent_id, version) VALUES (NEW.intent_id, NEW.version);
    RETURN NULL;
END $$;
