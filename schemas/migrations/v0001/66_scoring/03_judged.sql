-- The digest of the bytes on which a person decides by this receipt; NULL if nobody does.
-- Whoever edits says no to what was there.
CREATE FUNCTION outbox.judged(receipt outbox.receipt) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN receipt.role <> 'human' THEN NULL
                WHEN receipt.kind IN ('approved', 'rejected', 'sent_back') THEN receipt.digest
                WHEN receipt.kind = 'edited' THEN receipt.evidence ->> 'was' END
$$;
