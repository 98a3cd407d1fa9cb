-- A key like this one that nobody has used.  Its numbers are no higher than those of the model: an
-- agent that counts on does not come to it; if all of those are taken, it has one more number.
CREATE FUNCTION outbox.free_key(tenant text, model text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    key text := model;
BEGIN
    FOR round IN 1 .. 20 LOOP
        key := CASE
            WHEN model ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            THEN gen_random_uuid()::text
            WHEN round < 20
            THEN (SELECT string_agg(CASE WHEN inside THEN floor(random() * (one::int + 1))::text
                                         ELSE one END, '' ORDER BY place)
                    FROM (SELECT one, place, one ~ '[0-9]'
                                 AND lag(one) OVER (ORDER BY place) ~ '[0-9]' AS inside
                            FROM regexp_split_to_table(model, '') WITH ORDINALITY
                                 AS letter (one, place)) AS letters)
            ELSE left(model, 190) || '-' || floor(random() * 900000 + 100000) END;
        EXIT WHEN NOT EXISTS (SELECT FROM outbox.intent
                               WHERE intent.tenant = free_key.tenant AND idempotency_key = key);
    END LOOP;
    RETURN key;
END $$;
