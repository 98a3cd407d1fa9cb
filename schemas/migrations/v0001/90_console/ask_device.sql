-- Keep what a person's device is asked to sign, and say until when it may answer.  What nobody
-- has answered in time goes.
CREATE FUNCTION outbox.ask_device(
    challenge bytea, session bigint, person text, purpose text, content bytea,
    valid_for interval
) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
DECLARE
    until timestamptz;
BEGIN
    DELETE FROM outbox.challenge WHERE expires_at <= now();
    INSERT INTO outbox.challenge (challenge, session, person, purpose, content, expires_at)
    VALUES (ask_device.challenge, ask_device.session, ask_device.person, ask_device.purpose,
            ask_device.content, now() + ask_device.valid_for)
    RETURNING expires_at INTO until;
    RETURN until;
END $$;
