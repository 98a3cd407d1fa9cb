-- The same of what belongs to an intent.  An artifact and the first receipt are written in
-- the statement that writes their intent, which does not see it yet; for another one that
-- is there, the first version is taken, and no function writes such a receipt.
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN VALUES
        ('artifact', 'outbox.sees(intent_id)', 'version = 1'),
        ('recipient', 'outbox.sees(intent_id)', 'false'),
        ('amount', 'outbox.sees(intent_id)', 'false'),
        ('turn', 'outbox.sees(intent_id)', 'false'),
        ('score', 'outbox.sees(intent_id)', 'false'),
        ('approval', 'outbox.sees(intent_id)', 'false'),
        ('endorsement', 'outbox.sees(intent_id)', 'false'),
        ('deferral', 'outbox.sees(intent_id)', 'false'),
        ('reminder', 'outbox.sees(intent_id)', 'false'),
        ('notified', 'intent_id = 0 OR outbox.sees(intent_id)', 'false'),
        ('attempt', 'outbox.sees(intent_id)', 'false'),
        ('receipt', 'intent_id IS NULL OR outbox.sees(intent_id)', 'kind = ''persisted'''),
        ('event', 'outbox.sees(intent_id)', 'true'),
        ('leaf', 'chain = 0 OR outbox.sees(chain)', 'false'),
        ('unattested', 'EXISTS (SELECT FROM outbox.receipt WHERE id = receipt_id)', 'true'),
        ('unpublished', 'EXISTS (SELECT FROM outbox.event'
                        ' WHERE event.seq = unpublished.seq)', 'true')
    LOOP
        EXECUTE format(
            'CREATE POLICY a_bound_login_has_its_tenants ON outbox.%1$I USING (%2$s OR %3$s)'
            ' WITH CHECK (%2$s OR %3$s OR %4$s)',
            held.column1,
            '(SELECT NOT EXISTS (SELECT FROM outbox.tenancy'
            ' WHERE tenancy.login = session_user))',
            held.column2, held.column3);
    END LOOP;
END $$;
