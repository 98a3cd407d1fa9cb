-- Which rulings of the policy in force this intent comes under, whose yes each of them asks for,
-- and how many have said it of what waits.  The first asks for one yes of anybody, always.
SELECT place::int, asked ->> 'of' AS of, tier -> 'when' AS when, tier -> 'within' AS within,
       members, (asked ->> 'approvals')::int AS approvals,
       (SELECT count(*) FROM outbox.endorsement AS yes
         WHERE yes.approval_id = outbox.opened(intent, ruling)
           AND (members IS NULL OR voice = ANY (members))
           AND (NOT wrote OR (ruling.document ->> 'sole_operator')::boolean)) AS given
  FROM outbox.intent
  JOIN outbox.policy AS ruling
    ON ruling.revision = (SELECT max(revision) FROM outbox.policy)
 CROSS JOIN LATERAL (
       SELECT 0, '{"when": {}, "needs": {"approvals": 1}}'::jsonb
        UNION ALL
       SELECT * FROM (SELECT number, said FROM jsonb_array_elements(ruling.document -> 'tiers')
                             WITH ORDINALITY AS each (said, number)) AS numbered
        WHERE outbox.is_of_tier(intent, said -> 'when')
       ) AS named (place, tier)
 CROSS JOIN LATERAL (SELECT tier -> 'needs') AS needs (asked)
 CROSS JOIN LATERAL (
       SELECT CASE WHEN asked ->> 'of' IS NOT NULL THEN ARRAY(
                  SELECT lower(btrim(name)) FROM jsonb_array_elements_text(
                             ruling.document -> 'groups' -> (asked ->> 'of')) AS name) END
       ) AS group_of (members)
 WHERE intent.id = %(id)s
 ORDER BY place
