"""What is taken out of the rules of attention, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNCHANGED, UNDELETED, UNTRUNCATED

_STAYS = (UNCHANGED, UNDELETED, UNTRUNCATED)
DECOYS: dict[str, Changes] = {
    "attention/seed.sql": (
        (r"flaw ~ '\S'", "true"),
        ("seeded_by <> ''", "true"),
        ("octet_length(content) <= 1024 * 1024", "true"),
    ),
    "attention/met.sql": (("caught IS NOT DISTINCT FROM\n        CASE", "true OR CASE"),),
    "attention/a_decoy_is_never_approved.sql": (
        ("BEFORE INSERT OR UPDATE OF intent_id", "BEFORE INSERT"),
        ("BEFORE INSERT OR UPDATE OF intent_id", "BEFORE UPDATE OF intent_id"),
    ),
    "attention/refuse_decoy.sql": (("outbox.is_decoy(NEW.intent_id)", "false"),),
    "attention/free_key.sql": (
        ("random() * (one::int + 1)", "random() * 0"),
        ("ELSE one END, ''", "ELSE 'x' END, ''"),
    ),
    "attention/meet.sql": (
        ("lower(btrim(meet.actor))", "meet.actor"),
        ("WHEN meet.said = 'approved' THEN false", "WHEN meet.said = 'approved' THEN true"),
        ("meet.said IN ('rejected', 'sent_back')", "meet.said = 'rejected'"),
        ("'decoy', 'human', meet.actor", "'decoy', 'human', 'somebody'"),
        ("'said', meet.said", "'said', ''"),
        ("receipt_id = kept", "receipt_id = receipt_id"),
        ("IF NOT noticed THEN", "IF false THEN"),
        ("'withdrawn', moved_by = 'human'", "'rejected', moved_by = 'human'"),
    ),
    "sweeper/plant.sql": (
        ("WHERE due_at <= now()\n", "\n"),
        ("LIMIT plant.batch", ""),
        ("tenant = one.for_tenant AND ", ""),
        (" AND channel = one.channel\n", "\n"),
        ("AND producer = coalesce(one.producer, producer)", ""),
        ("model.tenant, model.login,", "model.tenant, session_user,"),
        ("producer, model.login, digest", "producer, session_user, digest"),
        ("now() + (model.not_after - model.created_at)", "NULL"),
        ("CASE WHEN model.traceparent IS NOT NULL", "CASE WHEN false"),
        ("DELETE FROM outbox.seed WHERE id = one.id;", ""),
    ),
    "operator/seed_decoys.sql": (
        ("seed_decoys.producer, one.channel", "NULL, one.channel"),
        ("'human', seed_decoys.actor", "'human', 'somebody'"),
        ("'decoys', seeded", "'decoys', 0"),
        ("now() + random() * seed_decoys.spread", "now() + interval '1 d'"),
    ),
    "operator/decoys.sql": (
        ("WHERE state NOT IN ('withdrawn', 'expired')", ""),
        ("FROM outbox.seed)", "FROM outbox.decoy)"),
        ("FROM outbox.met)", "FROM outbox.decoy)"),
    ),
    "desk/unmasked.sql": (
        ("FROM outbox.met JOIN", "FROM outbox.met RIGHT JOIN"),
        ("decoy.intent = ANY (wanted) AND ", ""),
        (" AND outbox.sees(decoy.intent)", ""),
    ),
    "roles/nobody_is_born_in_anothers_role.sql": (
        ("AND outbox.acts_as('sweeper') AND outbox.is_decoy(id)", "AND outbox.is_decoy(id)"),
        ("AND outbox.acts_as('sweeper') AND outbox.is_decoy(id)", "AND false"),
        (" AND outbox.is_decoy(id)", ""),
    ),
    "roles/nobody_signs_in_anothers_role.sql": (
        ("AND kind = 'persisted' ", ""),
        ("AND outbox.acts_as('sweeper')", ""),
        ("outbox.is_decoy(intent_id)", "true"),
        ("outbox.is_decoy(intent_id)", "false"),
    ),
    "roles/nobody_moves_in_anothers_role.sql": ((" AND NOT outbox.is_decoy(id)", ""),),
    "agent/standing.sql": (("AND NOT outbox.is_decoy(mine.id)", ""),),
    "agent/proposed.sql": (("AND NOT outbox.is_decoy(mine.id)", ""),),
    "agent/hold_proposed.sql": (("AND NOT outbox.is_decoy(mine.id)", ""),),
    "desk/hold.sql": ((" AND NOT outbox.is_decoy(id)", ""),),
    "sender/claim_to_send.sql": (("           AND NOT outbox.is_decoy(id)\n", ""),),
    "sender/permit_refusal.sql": (
        ("EXISTS (SELECT FROM outbox.decoy WHERE intent = held.id)", "false"),
    ),
    "granter/approve_by_grant.sql": (("           AND NOT outbox.is_decoy(intent.id)\n", ""),),
    "desk/edit.sql": (
        ("outbox.is_decoy(edit.id)", "false"),
        ("IF edit.role = 'human' THEN", "IF false THEN"),
        ("PERFORM outbox.unseal(edit.id", "PERFORM outbox.unseal(0"),
    ),
    "history/decoy_is_only_added_to.sql": (UNCHANGED, UNDELETED),
    "history/met_is_only_added_to.sql": _STAYS,
}
READING: dict[str, Changes] = {
    "attention/look.sql": (
        (
            "KEY (intent, version, person, batch)",
            "KEY (intent, version, person, batch, opened_at)",
        ),
    ),
    "attention/verdict.sql": (("said IN ('approved', 'rejected', 'sent_back')", "true"),),
    "attention/dwell_of.sql": (
        ("least((dwell ->> 'most')::interval,", "least(NULL::interval,"),
        ("(dwell ->> 'least')::interval\n", "interval '0'\n"),
        ("* (octets / 1024.0)", "* 0"),
        ("* (together - 1)", "* 0"),
    ),
    "attention/time_open.sql": (
        ("look.intent = time_open.intent AND ", ""),
        (" AND look.version = time_open.version", ""),
        ("look.person = lower(btrim(time_open.actor))", "true"),
        ("lower(btrim(time_open.actor))", "time_open.actor"),
        ("WHERE verdict.person = look.person\n", "WHERE true\n"),
        ("AND (verdict.batch = '' OR verdict.batch <> look.batch)", "AND false"),
        (" OR verdict.batch <> look.batch)", ")"),
        ("verdict.batch = '' OR verdict.batch <> look.batch", "true"),
        ("other.person = look.person AND ", ""),
        (" AND other.batch = look.batch)", ")"),
    ),
    "attention/heed.sql": (
        ("IF ruling -> 'attention' IS NULL THEN", "IF false THEN"),
        ("coalesce(opening.yet > interval '0', true)", "false"),
        ("coalesce(opening.yet > interval '0', true)", "coalesce(opening.yet > '0', false)"),
        ("IF heed.said = 'approved' AND", "IF true AND"),
        ("hasty := heed.said = 'approved' AND", "hasty := true AND"),
        ("AND ruling #> '{attention,dwell}' IS NOT NULL", "AND true"),
        ("lower(btrim(heed.actor))", "heed.actor"),
        ("coalesce(opening.batch, '')", "''"),
        ("IF hasty THEN", "IF false THEN"),
    ),
    "desk/look_at.sql": (
        ("lower(btrim(look_at.actor))", "look_at.actor"),
        ("cardinality(look_at.ids) > 1", "false"),
        ("cardinality(look_at.ids) > 1", "true"),
        (" AND state IN ('in_review', 'awaiting_approval')", ""),
        ("AND (outbox.policy_in_force()).document -> 'attention' IS NOT NULL", ""),
        ("ON CONFLICT DO NOTHING", ""),
    ),
    "history/verdict_is_only_added_to.sql": _STAYS,
}
