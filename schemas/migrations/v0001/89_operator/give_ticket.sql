-- Keep the digest of a link that signs a person in once.
CREATE FUNCTION outbox.give_ticket(
    hash bytea, person text, good_for interval, actor text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO outbox.ticket (hash, person, made_by, expires_at)
    VALUES (give_ticket.hash, give_ticket.person, give_ticket.actor,
            now() + give_ticket.good_for);
    PERFORM outbox.record_account(give_ticket.person, 'ticket', give_ticket.actor);
END $$;
