-- A second person's leave to say "not sent" while the old bytes may still arrive.
CREATE FUNCTION outbox.override(
    id bigint, digest text, actor text, role text, evidence jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)
    VALUES (override.id, 'overridden', override.role, override.actor,
            override.digest, override.evidence);
END $$;
