CREATE TRIGGER a_ticket_is_used_once
    BEFORE UPDATE ON outbox.ticket FOR EACH ROW EXECUTE FUNCTION outbox.only_end('used');
