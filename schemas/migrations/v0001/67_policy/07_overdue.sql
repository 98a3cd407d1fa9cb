-- What waits for a person longer than the policy in force lets it wait unheard: since when it
-- waits, which step is due since when, and who should hear of it.  Of several tiers, the
-- first that ends counts.  Nothing is ever decided by it.  Nobody is reminded of what somebody
-- has deferred, but whoever is above them hears of it.
CREATE FUNCTION outbox.overdue() RETURNS TABLE (
    id bigint, state text, since timestamptz, step text, due timestamptz, names text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT tier -> 'when' AS conditions, step.done,
               (tier #>> ARRAY['within', step.name])::interval AS span,
               CASE step.done WHEN 'escalated' THEN tier #> '{within,to}' END AS names
          FROM outbox.policy_in_force() AS ruling,
               jsonb_array_elements(ruling.document -> 'tiers') AS tier,
               (VALUES ('remind', 'reminded'), ('escalate', 'escalated')) AS step (name, done)
         WHERE tier #>> ARRAY['within', step.name] IS NOT NULL
    )
    SELECT held.id, held.state, held.moved_at, asked.done, min(held.moved_at + asked.span),
           coalesce(array_agg(DISTINCT name ORDER BY name) FILTER (WHERE name IS NOT NULL), '{}')
      FROM asked
      JOIN outbox.intent AS held
        ON held.state IN ('in_review', 'awaiting_approval')
       AND held.moved_at + asked.span <= now() AND outbox.is_of_tier(held, asked.conditions)
       AND (asked.done = 'escalated' OR NOT outbox.is_deferred(held.id, held.moved_at))
      LEFT JOIN LATERAL jsonb_array_elements_text(asked.names) AS name ON true
     GROUP BY held.id, held.state, held.moved_at, asked.done
     ORDER BY 5, 1;
END $$;
