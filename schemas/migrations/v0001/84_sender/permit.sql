-- The point of no return, for each of these that stands at it now: record one attempt if, at
-- this instant, everything holds.  Answers 'granted', or in one word why not, of each by itself
-- and in their order.
-- Each statement sees the latest commits; what was locked stays as it is then.  Where a cap
-- stands they cross one after another, so that each counts those before it.
-- The switch's lock is shared here and exclusive in the flip: once a flip to off has
-- committed, no permit commits.  It is no advisory lock, which any login could hold.  A
-- sender that is paused before its COMMIT must not keep the switch from being turned: its
-- transaction ends after `enough`.
-- A session plans it once, for any arguments: to plan takes longer than to do it.
CREATE FUNCTION outbox.permit(
    ids bigint[], fences bigint[], manifest_digests text[], worker text, enough interval,
    environment text, nonce text
) RETURNS TABLE (id bigint, answer text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = outbox, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
    closed text;
    ruling outbox.policy;
    place int;
BEGIN
    PERFORM set_config('idle_in_transaction_session_timeout',
                       (extract(epoch FROM enough) * 1000)::int::text || 'ms', true);
    LOCK TABLE outbox.switch IN ROW SHARE MODE;
    PERFORM FROM outbox.intent
      WHERE intent.id = ANY (permit.ids) ORDER BY intent.id FOR UPDATE;
    PERFORM FROM outbox.approval
      WHERE approval.id IN (SELECT approval_id FROM outbox.intent
                             WHERE intent.id = ANY (permit.ids))
      ORDER BY approval.id FOR UPDATE;
    PERFORM outbox.wait_for_caps(permit.ids);
    closed := outbox.gate_refusal(permit.environment, permit.nonce);
    ruling := outbox.policy_in_force();
    IF NOT EXISTS (SELECT FROM outbox.cap WHERE lifted_at IS NULL) THEN
        RETURN QUERY SELECT * FROM outbox.cross_over(ids, fences, manifest_digests, worker, enough,
                                                closed, ruling);
        RETURN;
    END IF;
    FOR place IN 1 .. cardinality(ids) LOOP
        RETURN QUERY SELECT * FROM outbox.cross_over(ids[place:place], fences[place:place],
                                                manifest_digests[place:place], worker, enough,
                                                closed, ruling);
    END LOOP;
END $$;
