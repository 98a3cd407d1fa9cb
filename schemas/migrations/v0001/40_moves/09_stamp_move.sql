-- Whoever sets a state moves, and is counted: by that the move is found and recorded.
CREATE FUNCTION outbox.stamp_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.moved_at := now();
    NEW.moves := OLD.moves + 1;
    RETURN NEW;
END $$;
