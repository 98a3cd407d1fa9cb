-- What a decoy was about, once somebody has decided on it; no row for any other intent.
CREATE FUNCTION outbox.unmasked(wanted bigint[])
RETURNS TABLE (id bigint, flaw text, seeded_by text, person text, said text, caught boolean,
               at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT decoy.intent, decoy.flaw, decoy.seeded_by, met.person, met.said, met.caught, met.at
      FROM outbox.met JOIN outbox.decoy ON decoy.intent = met.decoy
     WHERE decoy.intent = ANY (wanted) AND outbox.sees(decoy.intent)
     ORDER BY decoy.intent;
END $$;
