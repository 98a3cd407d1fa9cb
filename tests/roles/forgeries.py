"""Wrong uses of the functions that a login does have, as data.

`:name` is the id of an intent of the house, `#name` its digest.
"""

from __future__ import annotations

from tests.roles.decisions import OF_A_PERSON, OF_AN_AGENT, decided
from tests.roles.forged_tokens import TOKENS
from tests.roles.telling import TELLING

_ALONE = '{"sole_operator": true, "tiers": []}'
_A_SETTLE = "SELECT * FROM outbox.settle(:approved, {fence}, 'eve', #approved, {what}, '{{}}')"


FORGERIES: dict[str, tuple[str, ...]] = {
    "agent": (
        *OF_AN_AGENT,
        "SELECT outbox.edit(:awaiting, 1, #awaiting, 'eve', 'agent', 'x')",
        "SELECT outbox.edit(:proposed, 1, #proposed, 'eve', 'human', 'x')",
        "SELECT * FROM outbox.hold(:approved)",
        "SELECT outbox.submit('k', 'eve', 'email', 'x', tenant => 'others')",
        "SELECT outbox.submit('k', 'eve', 'email', 'x', tenant => '')",
        "SELECT outbox.submit('', 'eve', 'email', 'x')",
        "SELECT outbox.submit(repeat('k', 201), 'eve', 'email', 'x')",
        "SELECT outbox.submit('k', 'eve', 'email', 'x', 'tomorrow', 'yesterday')",
        "SET row_security = off; SELECT outbox.submit('k', 'eve', 'email', 'x')",
        *TOKENS["agent"],
    ),
    "console": (*TOKENS["console"],),
    "scorer": tuple(
        f"SELECT * FROM outbox.score(ARRAY[:awaiting], '{{{fence}}}', '{{eve}}', '{{1}}',"
        " '{1}', '{f}', '{calm}', '{[]}', '{0}', '{0}', 'eve')"
        for fence in ("1", "NULL")
    ),
    "router": ("SELECT * FROM outbox.route('eve', 0, 100)",),
    "granter": (
        *(
            "SELECT outbox.approve_by_grant('eve', ARRAY[:{}], ARRAY['x'::bytea],"
            " ARRAY[{}], '1 hour', '0')".format(*of)
            for of in (
                *(("approved", 2), ("sent", 2), ("stranded", 2)),
                *(("others 1", 2), ("awaiting", 1), ("awaiting", 99), ("awaiting", "NULL")),
            )
        ),
        "SELECT outbox.approve_by_grant('eve', ARRAY[:awaiting], ARRAY['x'::bytea],"
        " ARRAY[2], '-1 hour', '0')",
        "SELECT outbox.approve_by_grant('eve', ARRAY[:awaiting], ARRAY[NULL::bytea],"
        " ARRAY[2], '1 hour', '0')",
        "SELECT * FROM outbox.claim_to_grant('{}', '{}', 100)",
    ),
    "sender": (
        "SELECT * FROM outbox.claim_to_send('eve', 9, '1 hour', '', '')",
        "SELECT * FROM outbox.claim_to_send('eve', 9, '1 hour', 'elsewhere', '')",
        "SELECT outbox.permit(:approved, 1, 'eve', '1 second', '', '', '')",
        "SELECT outbox.permit(:sent, 1, 'eve', '1 second', '', '', '')",
        "SELECT outbox.permit(:stranded, 2, 'eve', '-1 year', '', '', '')",
        "SELECT * FROM outbox.renew('eve', ARRAY[1, 2, 3], '1 year')",
        "SELECT * FROM outbox.put_back(:approved, 1, 'eve', '0', '{}')",
        "SELECT * FROM outbox.rest(:approved, 1, 'eve', '{}')",
        *(
            _A_SETTLE.format(fence=fence, what=what)
            for fence in ("1", "NULL")
            for what in (
                "'sent', 'human', 'sent'",
                "'sent', 'sweeper', 'sent'",
                "'approved', 'human', 'approved'",
                "'approved', 'sender', 'approved'",
                "'sent', 'sender', 'approved'",
                "'releasing', 'sender', 'permit'",
                "'in_review', 'sender', 'revoked'",
                "'rejected', 'human', 'resolved'",
            )
        ),
        "SET synchronous_commit = off;"
        " SELECT outbox.permit(:approved, 1, 'e', '1 s', '', '', '')",
        "SET row_security = off; SELECT * FROM outbox.claim_to_send('e', 9, '1 s', '', '')",
    ),
    "sweeper": (
        "SELECT * FROM outbox.sweep('eve', 100)",
        "SELECT * FROM outbox.expire('eve', 100)",
        "SELECT * FROM outbox.remind('eve', 100)",
    ),
    "relay": (
        "SELECT outbox.take_off(ARRAY[0], ARRAY[0])",
        "SELECT outbox.take_off(ARRAY[:sent + 1], ARRAY[(1 << 30)])",
    ),
    "attester": (
        "SELECT outbox.log_receipts(0, 'eve', ARRAY[1], ARRAY[1], ARRAY[1], ARRAY['x'::bytea],"
        " ARRAY['x'::bytea], '{}', '{}', '{}')",
        "SELECT outbox.log_receipts(1000000, 'eve', ARRAY[1], ARRAY[1], ARRAY[99],"
        " ARRAY['x'::bytea], ARRAY['x'::bytea], '{}', '{}', '{}')",
        "SELECT outbox.log_receipts(9, 'e', (SELECT array_agg(receipt_id) FROM"
        " outbox.unattested), '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
        "SELECT outbox.log_receipts(0, 'eve', '{}', '{}', '{}', '{}', '{}', '{0}', '{0}',"
        " ARRAY['x'::bytea])",
        "SELECT outbox.keep_checkpoint((SELECT min(size) FROM outbox.checkpoint), 'x')",
    ),
    "notifier": TELLING,
    "reviewer": (
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'eve', 'agent', '1 hour', '0')",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'eve', 'sender', '1 hour', '0')",
        "SELECT outbox.approve(:awaiting, 1, repeat('0', 64), 'x', 'e', 'human', '1 h', '0')",
        "SELECT outbox.approve(:awaiting, 2, #awaiting, 'x', 'e', 'human', '1 hour', '0')",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', '', 'human', '1 hour', '0')",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'eve', 'human', '-1 hour', '0')",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'tests', 'human', '1 h', '0')",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', ' TESTS', 'human', '1 h', '0')",
        "SELECT outbox.approve(:sent, 1, #sent, 'x', 'e', 'human', '1 hour', '0')",
        "SELECT outbox.approve(:stranded, 1, #stranded, 'x', 'e', 'human', '1 hour', '0')",
        *OF_A_PERSON,
        *(
            f"SELECT outbox.defer(:{which}, '{by}', '{role}', now() + interval '{span}', '')"
            for which, by, role, span in (
                *((state, "e", "human", "1 day") for state in ("sent", "stranded", "approved")),
                ("awaiting", "", "human", "1 day"),
                ("awaiting", "e", "agent", "1 day"),
                ("awaiting", "e", "human", "-1 day"),
                ("awaiting", "e", "human", "32 days"),
            )
        ),
        "SELECT outbox.take_up(:awaiting, 'e', 'human')",
        "SELECT outbox.override(:stranded, #stranded, 'eve', 'sweeper', '{}')",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'eve', 'human', '1 hour', '0',"
        " delegation => 1)",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'dan', 'granter', '1 hour', '0',"
        " delegation => 1)",
        "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'e', 'human', '1 hour', '0',"
        " delegation => 99)",
        "SELECT outbox.give_grant('x')",
        "SELECT outbox.give_grant('{}')",
        "SELECT outbox.give_grant((SELECT content FROM outbox.standing_grant LIMIT 1))",
        "SELECT outbox.delegate('{}')",
        "SELECT outbox.delegate((SELECT content FROM outbox.delegation LIMIT 1))",
        "SELECT * FROM outbox.revoke_grant(1, '', 'x')",
        "SELECT * FROM outbox.revoke_delegation(99, 'eve', 'x')",
        "SELECT outbox.edit(:sent, 1, #sent, 'e', 'human', 'x')",
    ),
    "operator": (
        "SELECT outbox.flip(true, 'eve', 'sender')",
        "SELECT outbox.arm('', '', 'eve', 'agent')",
        "SELECT outbox.set_cap('everything', '', 0, 60, 'eve')",
        "SELECT outbox.set_cap('moon', '', 1, 60, 'eve')",
        *TOKENS["operator"],
        "SELECT outbox.lift_cap(999999, 'eve')",
        *(
            f"SELECT outbox.set_policy({revision}, '{document}', '{by}', '{role}')"
            for revision, document, by, role in (
                (1, _ALONE, "eve", "human"),
                (3, _ALONE, "eve", "human"),
                ("NULL", _ALONE, "eve", "human"),
                (2, _ALONE, "", "human"),
                (2, _ALONE, "eve", "sender"),
                (2, "{}", "eve", "human"),
                (2, '{"sole_operator": 1, "tiers": []}', "eve", "human"),
            )
        ),
        "SELECT outbox.bind_login('nobody at all', 'others', 'eve')",
        "SELECT outbox.bind_login(session_user::text, 'others', 'eve')",
        "SELECT outbox.bind_login('local_sender', '', 'eve')",
    ),
    "reader": (
        "SELECT outbox.epoch_refusal('', ''), pg_sleep(0)",
        "SELECT * FROM outbox.overdue()",
    ),
    "ours_reviewer": tuple(
        text.replace("awaiting", "others 1")
        for text in (
            "SELECT * FROM outbox.hold(:awaiting)",
            "SELECT outbox.approve(:awaiting, 1, #awaiting, 'x', 'e', 'human', '1 hour', '0')",
            decided("awaiting", "human", "rejected", "rejected"),
            decided("awaiting", "human", "sent_back", "sent_back"),
            "SELECT outbox.defer(:awaiting, 'e', 'human', now() + interval '1 day', '')",
            "SELECT outbox.take_up(:awaiting, 'e', 'human')",
            "SELECT outbox.edit(:awaiting, 1, #awaiting, 'e', 'human', 'x')",
            "SELECT outbox.revoke(:awaiting, #awaiting, 'e', 'human', 1, '{}')",
            "SELECT outbox.override(:awaiting, #awaiting, 'e', 'human', '{}')",
            "SELECT * FROM outbox.suppressed(:awaiting)",
            "SELECT * FROM outbox.revoke_grant(1, 'eve', 'x')",
            'SELECT outbox.give_grant(\'{"tenant":"others","giver":"eve","channel":'
            '"email","uses":1,"not_before":"now","expires_at":"tomorrow"}\')',
        )
    ),
    "ours_agent": (
        "SELECT outbox.submit('k', 'eve', 'email', 'x', tenant => 'others')",
        "SELECT outbox.submit('k', 'eve', 'email', 'x', tenant => 'default')",
        "SELECT * FROM outbox.hold(:others 1)",
        decided("others 1", "agent", "withdrawn", "withdrawn"),
    ),
    "ours_granter": (
        "SELECT outbox.approve_by_grant('eve', ARRAY[:others 1], ARRAY['x'::bytea], ARRAY[1],"
        " '1 hour', '0')",
        "SELECT * FROM outbox.claim_to_grant('{}', '{}', 100)",
    ),
    "ours_sender": (
        "SELECT * FROM outbox.claim_to_send('eve', 9, '1 hour', '', '')",
        "SELECT outbox.settle(:others 0, 1, 'e', #others 0, 'sent', 'sender', 'sent', '{}')",
    ),
}
