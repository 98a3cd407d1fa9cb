-- Why nothing at all may leave now, in one word; NULL if something may.
CREATE FUNCTION outbox.gate_refusal(environment text, nonce text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM outbox.switch WHERE outbound) THEN
        RETURN 'outbound_off';
    END IF;
    IF 'off' IN (current_setting('fsync'), current_setting('full_page_writes'),
                 current_setting('synchronous_commit')) THEN
        RETURN 'not_durable';
    END IF;
    RETURN outbox.epoch_refusal(gate_refusal.environment, gate_refusal.nonce);
END $$;
