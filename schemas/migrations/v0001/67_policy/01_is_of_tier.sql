-- Whether all that a tier of a policy asks about is so.  It is `to` somebody if one recipient
-- fits, where `*` stands for anything; an amount that nobody can read is above every other.
CREATE FUNCTION outbox.is_of_tier(held outbox.intent, conditions jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(conditions ->> 'channel' = held.channel, true)
       AND coalesce(conditions ->> 'tenant' = held.tenant, true)
       AND (conditions ->> 'to' IS NULL OR EXISTS (
               SELECT FROM outbox.recipient
                WHERE intent_id = held.id AND version = held.version
                  AND address LIKE replace(regexp_replace(conditions ->> 'to',
                                                          '([\\%_])', '\\\1', 'g'), '*', '%')))
       AND (conditions -> 'above' IS NULL OR EXISTS (
               SELECT FROM outbox.amount
                WHERE intent_id = held.id AND version = held.version
                  AND (value IS NULL
                       OR currency = conditions #>> '{above,currency}'
                          AND value > (conditions #>> '{above,value}')::bigint)))
$$;
