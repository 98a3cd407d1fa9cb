-- How many people must say yes to this, and whose yes counts (NULL: anybody's).  All of it
-- must be met.  A group that is not there has no members.
CREATE FUNCTION outbox.needs_of(
    held outbox.intent, ruling jsonb
) RETURNS TABLE (members text[], approvals int) LANGUAGE sql STABLE AS $$
    SELECT NULL::text[], 1
     UNION ALL
    SELECT CASE WHEN tier #>> '{needs,of}' IS NOT NULL THEN ARRAY(
               SELECT lower(btrim(name))
                 FROM jsonb_array_elements_text(
                          ruling -> 'groups' -> (tier #>> '{needs,of}')) AS name) END,
           (tier #>> '{needs,approvals}')::int
      FROM jsonb_array_elements(ruling -> 'tiers') AS tier
     WHERE outbox.is_of_tier(held, tier -> 'when')
$$;
