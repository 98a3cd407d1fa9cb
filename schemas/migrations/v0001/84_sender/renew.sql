-- Renew the leases that this worker still works under; what is missing from the answer is
-- lost.  Never "all of this worker's": what it has let go of must expire and be swept.
CREATE FUNCTION outbox.renew(worker text, fences bigint[], lease interval) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE outbox.intent
       SET lease_expires_at = now() + renew.lease
     WHERE state IN ('scoring', 'sending', 'releasing')
       AND lease_expires_at > now() AND leased_by = renew.worker AND fence = ANY(renew.fences)
    RETURNING fence;
END $$;
