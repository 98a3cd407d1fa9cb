CREATE FUNCTION outbox.is_decoy(intent bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM outbox.decoy WHERE decoy.intent = is_decoy.intent);
END $$;
