-- Let this person's yes need one more for a while, if they have missed decoys, or were hasty, as
-- often as the policy says.  What has counted once counts no more.  It is receipted openly.
CREATE FUNCTION outbox.tighten(actor text, because text, ruling jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    rule jsonb := ruling #> '{attention,tighten}';
    who text := lower(btrim(actor));
    begun timestamptz := greatest(now() - interval '30 days', (
        SELECT max(since) FROM outbox.tightening WHERE person = who));
    ends timestamptz := clock_timestamp() + (rule ->> 'lasts')::interval;
    times bigint;
BEGIN
    IF tighten.because = 'missed' THEN
        SELECT count(*) INTO times FROM outbox.met
         WHERE person = who AND NOT caught AND at > begun;
    ELSE
        SELECT count(*) INTO times FROM outbox.verdict
         WHERE person = who AND hasty AND at > greatest(begun, now() - interval '1 day');
    END IF;
    IF times >= (rule ->> tighten.because)::bigint THEN
        INSERT INTO outbox.tightening (person, because, until)
        VALUES (who, tighten.because, ends);
        INSERT INTO outbox.receipt (kind, role, actor, evidence)
        VALUES ('tightened', 'human', tighten.actor,
                jsonb_build_object('because', tighten.because, 'times', times, 'until', ends));
    END IF;
END $$;
