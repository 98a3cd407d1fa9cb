-- One yes, by somebody who has not written it.
INSERT INTO outbox.policy (revision, document, set_by)
VALUES (1, '{"sole_operator": false, "groups": {}, "tiers": []}', 'migration');
