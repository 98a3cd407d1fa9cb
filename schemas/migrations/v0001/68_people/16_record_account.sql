-- Whoever changes who may sign in leaves a receipt.  What a password is, it does not say.
CREATE FUNCTION outbox.record_account(name text, change text, actor text) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('account', 'human', record_account.actor,
            jsonb_build_object('account', record_account.name,
                               'change', record_account.change));
END;
