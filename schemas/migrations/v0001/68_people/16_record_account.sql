-- Whoever changes who may sign in leaves a receipt.  What a password is, it does not say.
CREATE FUNCTION outbox.record_account(name text, change text, actor text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO outbox.receipt (kind, role, actor, evidence)
    VALUES ('account', 'human', actor,
            jsonb_build_object('account', name, 'change', change))
$$;
