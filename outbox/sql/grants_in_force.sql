-- The standing grants under which something may be approved now, the oldest first.  One whose
-- last use was counted is none of them.  The policy beside them says whether they are enough.
SELECT id, tenant, content, (SELECT max(revision) FROM outbox.policy) AS policy
  FROM outbox.standing_grant
 WHERE revoked_at IS NULL AND not_before <= now() AND expires_at > now()
   AND (SELECT count(*) FROM outbox.endorsement
         WHERE grant_id = standing_grant.id AND use = standing_grant.uses) = 0
 ORDER BY id
