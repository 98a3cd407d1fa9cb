-- What this challenge was about, to whoever answers it first: in the session and for the
-- purpose that it was made for, as the same person, in time.  Then it is gone, however many
-- answer at once, and whatever the answer is worth.
CREATE FUNCTION outbox.take_challenge(
    challenge bytea, session bigint, person text, purpose text
) RETURNS SETOF bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    DELETE FROM outbox.challenge
     WHERE challenge.challenge = take_challenge.challenge
       AND session = take_challenge.session
       AND person = take_challenge.person
       AND purpose = take_challenge.purpose
       AND expires_at > now()
    RETURNING content;
END $$;
