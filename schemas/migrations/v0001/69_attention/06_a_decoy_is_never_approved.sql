CREATE TRIGGER a_decoy_is_never_approved
    BEFORE INSERT OR UPDATE OF intent_id ON outbox.approval
    FOR EACH ROW EXECUTE FUNCTION outbox.refuse_decoy();
