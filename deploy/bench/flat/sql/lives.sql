-- One row for each intent: who, to whom, about what, and what became of it.  The newest tenth
-- has what still waits, and a few are in the hands of a worker; or none, if nothing is to wait.
CREATE TEMP TABLE seeded ON COMMIT DROP AS
WITH numbered AS (
    SELECT n, (n * 7919) %% 10000 AS chance, n %% 100000 = 7 AS rare,
           %(waiting)s AND n > 0.9 * %(rows)s AS recent,
           %(waiting)s AND %(rows)s - n < 24 AS newest, %(waiting)s AS waiting,
           now() - interval '30 days' * (1 - n::float8 / %(rows)s) AS created_at
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
), lived AS (
    SELECT n, rare, created_at,
           CASE WHEN newest THEN (ARRAY['scoring', 'sending', 'releasing'])[1 + n %% 3]
                WHEN recent AND chance < 500 THEN 'in_review'
                WHEN recent AND chance < 1500 THEN 'awaiting_approval'
                WHEN recent AND chance < 1800 THEN 'approved'
                WHEN recent AND chance < 1850 THEN 'sent_back'
                WHEN recent AND chance < 1900 THEN 'submitted'
                WHEN recent AND chance < 1920 THEN 'scored'
                WHEN waiting AND chance = 9999 THEN 'stranded'
                WHEN chance > 9600 THEN 'rejected'
                WHEN chance > 9500 THEN 'withdrawn'
                WHEN chance > 9400 THEN 'expired'
                ELSE 'sent' END AS state,
           CASE WHEN rare THEN 'rare-agent' WHEN n * 31 %% 100 < 50 THEN 'billing'
                WHEN n * 31 %% 100 < 75 THEN 'support'
                ELSE 'agent-' || n * 31 %% 100 %% 10 END AS producer,
           CASE WHEN rare THEN 'rare@rare.example'
                WHEN n %% 10 = 0 THEN 'desk@frequent.example'
                WHEN n %% 2 = 0 THEN format('user%%s@example.org', n * 48271 %% 100003)
                ELSE format('user%%s@corp%%s.example', n * 48271 %% 100003,
                            n * 48271 %% 100003 %% 500) END AS address,
           CASE WHEN n %% 10 < 3 THEN format('copy%%s@example.com', n * 69621 %% 10007)
                END AS copied,
           CASE WHEN rare THEN 0.01
                ELSE round((0.1 + 0.9 * power(n * 131 %% 1000 / 1000.0, 0.3))::numeric, 3)
                END::float8 AS confidence,
           CASE WHEN n %% 3 = 0 THEN n * 17 %% 900000 END AS value,
           format('%%s %%s for %%s', CASE WHEN rare THEN 'Zeppelin'
                                        ELSE (ARRAY['Invoice', 'Reminder', 'Receipt',
                                                    'Appointment', 'Offer'])[1 + n %% 5] END,
                  n, (ARRAY['March', 'the order', 'your car', 'the flat'])[1 + n %% 4])
               AS subject
      FROM numbered
), written AS (
    SELECT *, convert_to(format(
               '{%%s"attachments":[],"cc":[],"channel":"email","html":"",'
               '"sender":"%%s@example.com","sender_name":"","subject":"%%s","text":"%%s",'
               '"to":[%%s]}',
               CASE WHEN value IS NOT NULL
                    THEN format('"amount":{"currency":"EUR","value":%%s},', value) END,
               producer, subject, repeat('Dear reader, this is what we write. ', 12) || n,
               concat_ws(',', '"' || address || '"', '"' || copied || '"')), 'UTF8') AS content,
           sha256(convert_to(n::text, 'UTF8')) AS secret,
           state NOT IN ('submitted', 'scoring') AS is_scored,
           state IN ('approved', 'sending', 'releasing', 'sent', 'stranded') AS is_approved,
           state IN ('releasing', 'sent', 'stranded') AS is_permitted,
           state IN ('sent', 'stranded', 'rejected', 'withdrawn', 'expired') AS is_over
      FROM lived
)
SELECT *, encode(outbox.hmac(secret, content), 'hex') AS digest,
       created_at + interval '5 seconds' AS routed_at,
       created_at + interval '1 minute' * (1 + n %% 400) AS decided_at,
       CASE WHEN is_over OR is_approved THEN created_at + interval '1 minute' * (2 + n %% 400)
            ELSE created_at + interval '5 seconds' END AS moved_at
  FROM written
