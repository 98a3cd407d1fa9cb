-- What the scores of one version come to under the section `scoring` of a policy, and so how
-- closely a person looks.  Shadows do not count; a required scorer that has said nothing
-- makes it 0 and holds it; of no score at all nothing comes (NULL), which is low.  A product
-- and a mean are rounded, since theirs are not exact.
CREATE FUNCTION outbox.weighed(
    intent bigint, version int, channel text, scoring jsonb, otherwise double precision
) RETURNS TABLE (
    target text, confidence double precision, threshold double precision, combine text,
    holds boolean
) LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN NOT holds AND confidence >= threshold
                THEN 'awaiting_approval' ELSE 'in_review' END,
           confidence, threshold, combine, holds
      FROM (SELECT CASE WHEN NOT complete THEN 0
                        WHEN combine = 'product' AND least > 0
                        THEN round(exp(greatest(logarithm, -700))::numeric, 9)
                        WHEN combine = 'mean' THEN round(mean::numeric, 9)
                        ELSE least END::double precision AS confidence,
                   held OR NOT complete AS holds, threshold, combine
              FROM (SELECT coalesce(weighed.scoring ->> 'combine', 'least') AS combine,
                           coalesce(
                               weighed.scoring #>> ARRAY['channels', weighed.channel,
                                                         'review_below'],
                               weighed.scoring ->> 'review_below')::double precision AS own
                   ) AS rule,
                   (SELECT min(confidence) AS least, avg(confidence) AS mean,
                           sum(ln(nullif(confidence, 0))) AS logarithm,
                           coalesce(bool_or(holds), false) AS held,
                           coalesce(jsonb_agg(scorer), '[]')
                           @> coalesce(weighed.scoring -> 'required', '[]') AS complete
                      FROM outbox.score
                     WHERE score.intent_id = weighed.intent AND score.version = weighed.version
                       AND NOT coalesce(weighed.scoring -> 'shadows' ? scorer, false)
                   ) AS said,
                   LATERAL (SELECT coalesce(own, weighed.otherwise)) AS least_allowed (threshold)
           ) AS judged
$$;
