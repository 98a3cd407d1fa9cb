-- Whether the policy in force asks for the yes of one of these groups to an intent.
CREATE FUNCTION outbox.concerns(held outbox.intent, groups text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM outbox.policy_in_force() AS ruling,
                    jsonb_array_elements(ruling.document -> 'tiers') AS tier
         WHERE tier #>> '{needs,of}' = ANY (groups) AND outbox.is_of_tier(held, tier -> 'when'))
$$;
