-- Why this may not leave now, in one word, for a permit: nobody else may count for the same
-- caps meanwhile.  The limits are looked at by what has committed once the waiting is over.
CREATE FUNCTION outbox.limit_refusal(claimed bigint) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM outbox.wait_for_caps(claimed);
    RETURN outbox.limited_by(claimed);
END $$;
