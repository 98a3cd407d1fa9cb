-- Every way to people, how often in a row it has failed, and whether anybody was told over it.
SELECT name, failures, told_at IS NOT NULL FROM outbox.route ORDER BY name
