-- The hashes of these complete subtrees.
SELECT level, index, hash FROM outbox.node
  JOIN unnest(%(levels)s::smallint[], %(indexes)s::bigint[]) AS asked (level, index)
 USING (level, index)
