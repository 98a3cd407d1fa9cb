-- Read the recipients off the bytes themselves, so that no client can say others; of names that
-- come twice all, so each reader's choice is among them.  What cannot be read has no recipients
-- here, and never leaves.  A request goes to its web address.
CREATE FUNCTION outbox.record_recipients() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox.recipient (intent_id, version, address, domain)
    SELECT DISTINCT written.intent_id, written.version, lower(named.address),
           outbox.domain_of(named.address)
      FROM written, json_each(outbox.said_in(written.content)) AS field,
           json_array_elements_text(
               CASE WHEN field.key = 'url' THEN json_build_array(field.value)
                    WHEN json_typeof(field.value) = 'array' THEN field.value
                    ELSE '[]' END) AS named (address)
     WHERE field.key IN ('to', 'cc', 'bcc', 'url') AND named.address IS NOT NULL;
    RETURN NULL;
END $$;
