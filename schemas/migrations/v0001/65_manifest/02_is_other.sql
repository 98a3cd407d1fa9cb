-- Whether what would leave is not what was approved: by the digest that the sender has made
-- of all that it holds, and by the rows as they stand now, whoever changed them meanwhile.
-- The limits are kept by the recipients in their table, so those are compared, too.
CREATE FUNCTION outbox.is_other(
    held outbox.intent, leave outbox.approval, manifest_digest text
) RETURNS SETOF boolean LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN manifest_digest IS DISTINCT FROM leave.manifest_digest
          OR manifest_digest IS DISTINCT FROM encode(sha256(leave.manifest), 'hex') THEN true
        ELSE coalesce((
            SELECT (origin, held.id::text, held.version::text, held.idempotency_key,
                    held.producer, held.channel, held.digest,
                    outbox.moment(held.not_before), outbox.moment(held.not_after))
                IS DISTINCT FROM
                   (approved ->> 'log', approved ->> 'intent', approved ->> 'version',
                    approved ->> 'key', approved ->> 'producer', approved ->> 'channel',
                    approved ->> 'artifact', approved ->> 'not_before', approved ->> 'not_after')
                OR ARRAY(SELECT address || ' ' || domain FROM outbox.recipient
                          WHERE intent_id = held.id AND version = held.version ORDER BY 1)
                IS DISTINCT FROM
                   ARRAY(SELECT DISTINCT lower(named || ' ' || outbox.domain_of(named))
                           FROM jsonb_array_elements_text(coalesce(
                                    (approved #> '{headers,to}') || (approved #> '{headers,cc}'),
                                    jsonb_build_array(approved #> '{request,url}'))) AS named
                          ORDER BY 1)
              FROM outbox.log
              CROSS JOIN LATERAL (
                  SELECT convert_from(leave.manifest, 'UTF8')::jsonb AS approved OFFSET 0
              ) AS said), true)
    END
$$;
