-- Note what a person says to this, and how long they had it open; refuse a yes that comes before
-- it can be read.  Nothing is asked or noted where the policy says nothing of attention.
CREATE FUNCTION outbox.heed(intent bigint, version int, actor text, said text, ruling jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    opening record;
    hasty boolean;
BEGIN
    IF ruling -> 'attention' IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO opening FROM outbox.time_open(heed.intent, heed.version, heed.actor, ruling);
    IF heed.said = 'approved' AND ruling #> '{attention,dwell}' IS NOT NULL
       AND coalesce(opening.yet > interval '0', true) THEN
        RAISE EXCEPTION 'intent % is %', heed.intent,
            coalesce('to be open for ' || ceil(extract(epoch FROM opening.yet)) || ' s more',
                     'not open before ' || heed.actor || ': look at it first')
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'a_yes_comes_after_reading', TABLE = 'look', SCHEMA = 'outbox';
    END IF;
    hasty := heed.said = 'approved' AND coalesce((
        SELECT opening.took < (ruling #>> '{attention,tighten,pace}')::interval
                           * (octet_length(content) / 1024.0)
          FROM outbox.artifact
         WHERE intent_id = heed.intent AND artifact.version = heed.version), false);
    INSERT INTO outbox.verdict (person, intent, version, said, batch, took, hasty)
    VALUES (lower(btrim(heed.actor)), heed.intent, heed.version, heed.said,
            coalesce(opening.batch, ''), opening.took, hasty);
    IF hasty THEN
        PERFORM outbox.tighten(heed.actor, 'hasty', ruling);
    END IF;
END $$;
