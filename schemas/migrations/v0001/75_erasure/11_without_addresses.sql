-- The words, with every address in them, and every mailbox of `addresses`, as a keyed digest.
-- The longest come first, since one address may end in another.  Our own Message-IDs look like
-- addresses, and name an intent.
CREATE FUNCTION outbox.without_addresses(
    words text, secret bytea, addresses text[]
) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    address text;
BEGIN
    FOR address IN
        SELECT hit[1]
          FROM regexp_matches(words,
                   '((?:"[^"]{1,64}"|[^\s"<>()\[\],;:\\@'']+[^\s"<>()\[\],;:\\@]*)'
                   '@[^\s"<>()\[\],;:\\@]*[^\s"<>()\[\],;:\\@''.!?])', 'g') AS hit
         WHERE hit[1] !~ '^[0-9]+\.[0-9]+\.[0-9a-f]{16}@'
         GROUP BY hit[1] ORDER BY length(hit[1]) DESC
    LOOP
        words := replace(words, address, outbox.keyed_address(address, secret));
    END LOOP;
    FOREACH address IN ARRAY addresses LOOP
        words := regexp_replace(
            words,
            '(?<![[:alnum:]])'
            || regexp_replace(regexp_replace(address, '@[^@]*$', ''),
                              '([^[:alnum:]])', '\\\1', 'g')
            || '(?![[:alnum:]])',
            outbox.keyed_address(address, secret), 'gi');
    END LOOP;
    RETURN words;
END $$;
