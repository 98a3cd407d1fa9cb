-- The last statement of each of these chains.
SELECT asked.chain, head.number, head.statement
  FROM unnest(%(chains)s::bigint[]) AS asked (chain)
 CROSS JOIN LATERAL (
     SELECT number, statement FROM outbox.leaf
      WHERE leaf.chain = asked.chain ORDER BY number DESC LIMIT 1) AS head
