CREATE TRIGGER a_token_is_only_revoked
    BEFORE UPDATE ON outbox.token
    FOR EACH ROW EXECUTE FUNCTION outbox.only_end('revoked');
