-- Note that these versions are open before a person from now on, as they were served, several on
-- one page; what waits for nobody is not noted, nor is anything where the policy says nothing of
-- attention.
CREATE FUNCTION outbox.look_at(ids bigint[], actor text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO outbox.look (person, intent, version, batch)
    SELECT lower(btrim(look_at.actor)), id, version,
           CASE WHEN cardinality(look_at.ids) > 1
                THEN encode(sha256(convert_to(look_at.ids::text, 'UTF8')), 'hex') ELSE '' END
      FROM outbox.intent
     WHERE id = ANY (look_at.ids) AND state IN ('in_review', 'awaiting_approval')
       AND (outbox.policy_in_force()).document -> 'attention' IS NOT NULL
    ON CONFLICT DO NOTHING;
END $$;
