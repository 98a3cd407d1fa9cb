-- Whether a person is let in by no way: their last account was disabled.
CREATE FUNCTION outbox.is_shut_out(person text) RETURNS boolean
LANGUAGE sql STABLE
RETURN (SELECT bool_and(disabled_at IS NOT NULL) FROM outbox.account
         WHERE lower(name) = lower(person)) IS TRUE;
