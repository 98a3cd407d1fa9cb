-- An instant as a manifest spells it: in UTC, to the microsecond.  What is no instant keeps
-- its own name, which no manifest takes: it must not pass for none.
CREATE FUNCTION outbox.moment(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN isfinite(at)
                THEN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                ELSE at::text END
$$;
