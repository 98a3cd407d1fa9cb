-- Read the recipients off the bytes themselves, so that no client can say others.  `json`
-- keeps every key that comes twice, so each reader's choice is among them.  What is no JSON
-- has no recipients here, and never leaves as a mail.
CREATE FUNCTION outbox.record_recipients() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox.recipient (intent_id, version, address, domain)
    SELECT DISTINCT NEW.intent_id, NEW.version, lower(named.address),
           lower(substring(named.address FROM '[^@]*$'))
      FROM json_each(convert_from(NEW.content, 'UTF8')::json) AS field,
           json_array_elements_text(CASE json_typeof(field.value)
                                    WHEN 'array' THEN field.value ELSE '[]' END)
               AS named (address)
     WHERE field.key IN ('to', 'cc', 'bcc') AND named.address IS NOT NULL;
    RETURN NULL;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $$;
