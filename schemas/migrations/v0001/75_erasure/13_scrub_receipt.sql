-- A receipt names nobody to whom an intent is, whoever writes it: receipts are never erased.
-- Mailboxes are looked for in what somebody has said in own words; to look for them in the
-- rest could change its meaning.  What is said of an erased intent is not kept at all.
-- Most of what is said names nobody, and to take it apart takes long: only where there is an
-- address, or how one of the mailboxes begins, is it taken apart.
CREATE FUNCTION outbox.scrub_receipt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
DECLARE
    words CONSTANT text[] := '{why,reason,final_reply,capabilities}';
    erasable bytea;
    addresses text[];
    name text;
    told jsonb;
BEGIN
    IF NEW.evidence::text NOT LIKE '%@%' AND NOT NEW.evidence ?| words THEN
        RETURN NEW;
    END IF;
    SELECT secret, ARRAY(SELECT DISTINCT address FROM outbox.recipient
                          WHERE intent_id = NEW.intent_id)
      INTO erasable, addresses
      FROM outbox.artifact WHERE intent_id = NEW.intent_id AND version = 1;
    IF erasable IS NULL THEN
        erasable := outbox.new_secret();
        addresses := coalesce(addresses, '{}');
        NEW.evidence := NEW.evidence - words;
    END IF;
    FOR name, told IN
        SELECT key, value FROM jsonb_each(NEW.evidence)
         WHERE value::text LIKE '%@%'
            OR key = ANY (words) AND EXISTS (
                SELECT FROM unnest(addresses) AS one
                 WHERE strpos(lower(value::text), substring(one FROM '^[a-z0-9]*')) > 0)
    LOOP
        NEW.evidence := NEW.evidence || jsonb_build_object(name, outbox.scrubbed(
            told, erasable, CASE WHEN name = ANY (words) THEN addresses ELSE '{}' END));
    END LOOP;
    RETURN NEW;
END $$;
