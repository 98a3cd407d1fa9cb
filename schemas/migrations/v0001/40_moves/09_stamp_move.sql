CREATE FUNCTION outbox.stamp_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.moved_at := now();
    RETURN NEW;
END $$;
