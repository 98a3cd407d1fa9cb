-- As if people had decided on what was scored, in each channel, over the last 90 days.
INSERT INTO outbox.calibration
SELECT date_trunc('day', now(), 'UTC') - make_interval(days => day), 'default', channel,
       scorer, CASE scorer WHEN '' THEN '' ELSE '1' END, held, hundredth, 20,
       least(20, 10 + hundredth / 10), 20 * hundredth / 100.0, 3
  FROM generate_series(0, 89) AS day
 CROSS JOIN (VALUES ('email'), ('webhook')) AS channels (channel)
 CROSS JOIN (VALUES (''), ('rules'), ('learned'), ('judge')) AS scorers (scorer)
 CROSS JOIN (VALUES (false), (true)) AS holding (held)
 CROSS JOIN generate_series(0, 100) AS hundredth
