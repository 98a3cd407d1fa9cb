"""What is taken out of second looks and of tightening, one guard at a time."""

from __future__ import annotations

from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNCHANGED, UNDELETED, UNTRUNCATED

_STAYS = (UNCHANGED, UNDELETED, UNTRUNCATED)
SEALED: dict[str, Changes] = {
    "attention/is_drawn.sql": (
        ("::bigint = 0", "::bigint >= 0"),
        ("'{attention,second,one_in}'", "'{attention,second,two_in}'"),
        ("is_drawn.intent || ':' || is_drawn.version", "':' || is_drawn.version"),
    ),
    "attention/is_in_force.sql": (
        ("AND one.policy = ruling.revision", ""),
        (" AND one.expires_at > now()", ""),
    ),
    "attention/seal.sql": (
        ("IF NOT outbox.is_drawn(seal.id, seal.version, ruling.document) THEN", "IF true THEN"),
        ("AND outbox.is_in_force(sealed, held, ruling)", ""),
        ("OR first.intent IS NOT NULL ", ""),
        (" OR outbox.opened(held, ruling) IS NOT NULL", ""),
        ("now() + seal.hold, now()", "now(), now()"),
        ("now() + seal.valid_for", "now() + seal.valid_for * 2"),
        ("seal.principal, seal.wrote", "NULL, seal.wrote"),
        ("seal.document, seal.delegation,", "seal.document, NULL,"),
        ("PERFORM outbox.unseal(seal.id,", "PERFORM outbox.unseal(0,"),
    ),
    "attention/unseal.sql": (
        ("IF agreed AND valid THEN", "IF false THEN"),
        ("SET extra = 1", "SET extra = 0"),
        ("DELETE FROM outbox.sealed WHERE intent = unseal.id;", ""),
        ("one.expires_at - now(), greatest", "interval '1 d', greatest"),
        ("greatest(one.held_until - now(), '0')", "interval '0'"),
        ("'manifest', encode(sha256(one.manifest), 'hex')", "'manifest', ''"),
        ("concat_ws(' for ', one.actor, one.principal)", "one.actor"),
        ("IF valid AND lower", "IF lower"),
        (" AND lower(btrim(unseal.actor)) <> lower(btrim(one.actor)) THEN", " THEN"),
        ("lower(btrim(unseal.actor)), unseal.agreed", "lower(btrim(unseal.actor)), true"),
    ),
    "policy/lacking.sql": (
        ("max(approvals) + given.extra", "max(approvals)"),
        ("HAVING given.extra > 0", "HAVING false"),
    ),
    "desk/decide.sql": (
        ("PERFORM outbox.unseal(held.id", "PERFORM outbox.unseal(0"),
        ("IF outbox.is_decoy(held.id) THEN", "IF false THEN"),
        ("('rejected', 'sent_back', 'withdrawn') THEN", "('rejected', 'sent_back') THEN"),
        ("IF decide.role = 'human' AND decide.kind IN", "IF decide.kind IN"),
        ("IF decide.kind <> 'withdrawn' THEN", "IF false THEN"),
    ),
    "desk/approve.sql": (
        ("outbox.heed(approve.id, approve.version", "outbox.heed(0, approve.version"),
        ("IF outbox.is_decoy(approve.id) THEN", "IF false THEN"),
        ("    IF missing IS NOT NULL THEN\n        RETURN missing;\n    END IF;\n", ""),
        ("PERFORM outbox.unseal(approve.id", "PERFORM outbox.unseal(0"),
        ("IF tightened IS NOT NULL THEN", "IF false THEN"),
        ("SET extra = 1", "SET extra = 0"),
        ("'tightened_until', tightened", "'tightened_until', NULL::text"),
    ),
    "intents/approval.sql": (("CHECK (extra >= 0)", "CHECK (true)"),),
    "history/second_look_is_only_added_to.sql": _STAYS,
    "history/draw_is_only_added_to.sql": _STAYS,
}
TIGHTENED: dict[str, Changes] = {
    "attention/tightening.sql": (
        ("because IN ('missed', 'hasty')", "true"),
        ("until > since AND ", ""),
        (" AND until < 'infinity'", ""),
    ),
    "attention/tightened_until.sql": (
        ("person = lower(btrim(actor)) AND ", ""),
        ("lower(btrim(actor))", "actor"),
        (" AND until > now()", ""),
    ),
    "attention/tighten.sql": (
        ("who text := lower(btrim(actor))", "who text := actor"),
        (
            "SELECT max(since) FROM outbox.tightening WHERE person = who",
            "SELECT NULL::timestamptz",
        ),
        ("outbox.tightening WHERE person = who", "outbox.tightening"),
        ("FROM outbox.met\n         WHERE person = who AND", "FROM outbox.met\n         WHERE"),
        (" AND NOT caught AND at > begun", " AND at > begun"),
        (
            "FROM outbox.verdict\n         WHERE person = who AND",
            "FROM outbox.verdict\n         WHERE",
        ),
        ("AND hasty AND at", "AND at"),
        ("IF times >= (rule", "IF times > (rule"),
        ("'human', tighten.actor", "'human', 'somebody'"),
        ("'because', tighten.because, 'times', times", "'because', '', 'times', times"),
    ),
    "desk/give_grant.sql": (("outbox.tightened_until(said ->> 'giver') IS NOT NULL", "false"),),
    "desk/attention.sql": (
        ("WHERE at > since AND NOT", "WHERE NOT"),
        ("NOT outbox.is_decoy(intent) AND ", ""),
        ("FILTER (WHERE said = 'approved')", ""),
        ("FILTER (WHERE said = 'rejected')", ""),
        ("FILTER (WHERE hasty)", ""),
        ("FILTER (WHERE caught)", ""),
        ("FILTER (WHERE NOT caught)", ""),
        ("FILTER (WHERE NOT agreed)", ""),
        ("WHERE at > since AND outbox.sees(decoy)", "WHERE outbox.sees(decoy)"),
        ("WHERE at > since AND outbox.sees(intent) GROUP", "WHERE outbox.sees(intent) GROUP"),
    ),
    "sweeper/attention_numbers.sql": (
        ("WHERE caught AND at > now() - interval '30 days'", "WHERE caught"),
        ("WHERE NOT caught AND at", "WHERE at"),
        ("WHERE NOT agreed AND at", "WHERE at"),
        ("WHERE until > now()", ""),
    ),
    "history/tightening_is_only_added_to.sql": _STAYS,
}
