-- Whether an intent waits for so long that the policy in force lets this person hear of it.
CREATE FUNCTION outbox.escalates_to(held outbox.intent, person text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM outbox.policy_in_force() AS ruling,
                    jsonb_array_elements(ruling.document -> 'tiers') AS tier,
                    jsonb_array_elements_text(tier #> '{within,to}') AS name
         WHERE lower(btrim(name)) = lower(btrim(person))
           AND held.moved_at + (tier #>> '{within,escalate}')::interval <= now()
           AND outbox.is_of_tier(held, tier -> 'when'))
$$;
