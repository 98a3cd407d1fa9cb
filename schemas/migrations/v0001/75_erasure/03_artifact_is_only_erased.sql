CREATE TRIGGER an_artifact_is_only_erased
    BEFORE UPDATE ON outbox.artifact
    FOR EACH ROW EXECUTE FUNCTION outbox.only_erase_artifact();
