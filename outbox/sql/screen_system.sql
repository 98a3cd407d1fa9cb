-- How the installation stands.  Of either queue no more than 10000 rows are counted.
SELECT (SELECT count(*) FROM (SELECT FROM outbox.unpublished LIMIT 10000) AS few)
           AS unpublished,
       (SELECT at FROM outbox.event WHERE seq = (
               SELECT min(first.seq) FROM generate_series(0, 15) AS number
                CROSS JOIN LATERAL (SELECT seq FROM outbox.unpublished WHERE shard = number
                                     ORDER BY seq LIMIT 1) AS first)) AS unpublished_since,
       (SELECT count(*) FROM (SELECT FROM outbox.unattested LIMIT 10000) AS few)
           AS unattested,
       (SELECT at FROM outbox.receipt
         WHERE id = (SELECT min(receipt_id) FROM outbox.unattested)) AS unattested_since,
       newest.size AS checkpoint_size, newest.signed_at AS checkpoint_at,
       armed.environment, armed.armed_by, armed.armed_at,
       ruling.revision AS policy, ruling.set_by AS policy_by, ruling.set_at AS policy_at
  FROM (VALUES (0)) AS always
  LEFT JOIN (SELECT size, signed_at FROM outbox.checkpoint
              ORDER BY size DESC LIMIT 1) AS newest ON true
  LEFT JOIN outbox.armed() AS armed ON true
  LEFT JOIN (SELECT revision, set_by, set_at FROM outbox.policy
              ORDER BY revision DESC LIMIT 1) AS ruling ON true
