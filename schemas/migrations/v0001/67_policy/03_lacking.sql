-- How many more people at least must say yes before this approval is one under this policy.
CREATE FUNCTION outbox.lacking(given outbox.approval, ruling jsonb) RETURNS int
LANGUAGE sql STABLE AS $$
    SELECT greatest(0, max(need.approvals - (
               SELECT count(*) FROM outbox.endorsement AS yes
                WHERE yes.approval_id = given.id
                  AND (need.members IS NULL OR yes.voice = ANY (need.members))
                  AND (NOT yes.wrote OR (ruling ->> 'sole_operator')::boolean))))::int
      FROM outbox.intent AS held
     CROSS JOIN LATERAL (
           SELECT * FROM outbox.needs_of(held, ruling)
            UNION ALL
           SELECT NULL, max(approvals) + given.extra FROM outbox.needs_of(held, ruling)
           HAVING given.extra > 0) AS need
     WHERE held.id = given.intent_id
$$;
