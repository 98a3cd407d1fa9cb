-- A receipt names nobody to whom an intent is, whoever writes it: receipts are never erased.
-- Mailboxes are looked for in what somebody has said in own words; to look for them in the
-- rest could change its meaning.  What is said of an erased intent is not kept at all.
CREATE FUNCTION outbox.scrub_receipt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
DECLARE
    words CONSTANT text[] := '{why,reason,final_reply,capabilities}';
    erasable bytea;
    addresses text[];
BEGIN
    IF NEW.evidence::text NOT LIKE '%@%' AND NOT NEW.evidence ?| words THEN
        RETURN NEW;
    END IF;
    SELECT secret INTO erasable
      FROM outbox.artifact WHERE intent_id = NEW.intent_id AND version = 1;
    IF erasable IS NULL THEN
        erasable := outbox.new_secret();
        NEW.evidence := NEW.evidence - words;
    END IF;
    addresses := ARRAY(SELECT DISTINCT address FROM outbox.recipient
                        WHERE intent_id = NEW.intent_id);
    SELECT coalesce(jsonb_object_agg(name, outbox.scrubbed(
               told, erasable, CASE WHEN name = ANY (words) THEN addresses ELSE '{}' END)), '{}')
      INTO NEW.evidence FROM jsonb_each(NEW.evidence) AS field (name, told);
    RETURN NEW;
END $$;
