CREATE TRIGGER what_was_given_is_only_revoked
    BEFORE UPDATE ON outbox.standing_grant
    FOR EACH ROW EXECUTE FUNCTION outbox.only_end('revoked');
