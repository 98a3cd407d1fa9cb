-- How each person has decided in so many days: yes and no, how long they had it open (the median),
-- which decoys they caught or missed, and how often a second person overruled their sealed yes.
-- Decoys are no decisions, and who has decided nothing is not here.
CREATE FUNCTION outbox.attention(days int) RETURNS TABLE (
    person text, approved bigint, rejected bigint, sent_back bigint, took interval, hasty bigint,
    caught bigint, missed bigint, seconded bigint, overruled bigint, tightened_until timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH since AS (
        SELECT now() - make_interval(days => attention.days) AS since
    ), verdicts AS (
        SELECT verdict.* FROM since, outbox.verdict
         WHERE at > since AND NOT outbox.is_decoy(intent) AND outbox.sees(intent)
    ), decided AS (
        SELECT person, count(*) FILTER (WHERE said = 'approved') AS approved,
               count(*) FILTER (WHERE said = 'rejected') AS rejected,
               count(*) FILTER (WHERE said = 'sent_back') AS sent_back,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY took) AS took,
               count(*) FILTER (WHERE hasty) AS hasty
          FROM verdicts GROUP BY person
    ), decoys AS (
        SELECT person, count(*) FILTER (WHERE caught) AS caught,
               count(*) FILTER (WHERE NOT caught) AS missed
          FROM since, outbox.met WHERE at > since AND outbox.sees(decoy) GROUP BY person
    ), seconds AS (
        SELECT first AS person, count(*) AS seconded,
               count(*) FILTER (WHERE NOT agreed) AS overruled
          FROM since, outbox.second_look
         WHERE at > since AND outbox.sees(intent) GROUP BY first
    )
    SELECT person, coalesce(approved, 0), coalesce(rejected, 0), coalesce(sent_back, 0), took,
           coalesce(hasty, 0), coalesce(caught, 0), coalesce(missed, 0),
           coalesce(seconded, 0), coalesce(overruled, 0), outbox.tightened_until(person)
      FROM decided FULL JOIN decoys USING (person) FULL JOIN seconds USING (person)
     ORDER BY person;
END $$;
