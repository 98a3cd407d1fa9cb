"""Scenes of the queue before a cap and of the receipts of limits, and what is taken out."""

from __future__ import annotations

from outbox import Email
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.ledger.guards.answers import locks, one
from tests.ledger.guards.leaving import held, limits, permit
from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.values import worth
from tests.ledger.quiet import quiet
from tests.parts import journey
from tests.parts.journey import HOUR

FILLED = "ARRAY[min(at) + interval '1 hour', max(at) + interval '2 hours']"
"""When the older of two has left the first cap, and the newer one the second."""


def rest(db: Connection, *claims: Claim) -> None:
    for claim in claims:
        Ledger(db, worker="worker-1").rest(claim, {"gate": "cap_reached"})


def waiting(db: Connection, count: int, artifact: Email | None = None) -> list[Claim]:
    """So many in hand, after one that has left."""
    artifact = artifact or journey.mail()
    assert permit(db, held(db, artifact)) == "done"
    return [held(db, artifact) for _ in range(count)]


def turns(db: Connection) -> list[float]:
    """In how many hours since the first has left each may leave, in the order of their ids."""
    rows = db.execute(
        "SELECT extract(epoch FROM due_at - (SELECT min(at) FROM outbox.counted)) / 3600.0"
        " FROM outbox.intent WHERE state = 'approved' ORDER BY id"
    ).fetchall()
    return [round(float(hours), 3) for (hours,) in rows]


def each_rests_until_its_own_turn(db: Connection) -> None:
    claims = waiting(db, 3)
    limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    rest(db, *claims)
    assert turns(db) == [1, 2, 3]
    assert [mode for _, mode in locks(db)].count("ExclusiveLock") == 2


def a_turn_is_one_that_all_caps_allow(db: Connection) -> None:
    claims = waiting(db, 2)
    for hours in (1, 2):
        limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=hours * HOUR)
    rest(db, *claims)
    assert turns(db) == [2, 4]


def who_is_worth_more_waits_for_more(db: Connection) -> None:
    claims = waiting(db, 2, worth(600))
    limits(db).set_cap(Scope.VALUE, "EUR", most=1000, span=HOUR)
    rest(db, *claims, held(db, worth(300)))
    assert turns(db) == [1, 2, 2]


def who_asks_again_too_early_keeps_its_turn(db: Connection) -> None:
    claims = waiting(db, 3)
    limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    rest(db, *claims)
    db.execute("UPDATE outbox.intent SET due_at = now() WHERE id = %s", (claims[1].id,))
    rest(db, *Ledger(db, worker="worker-1").claim(SEND))
    rest(db, held(db, journey.mail()))
    assert turns(db) == [1, 2, 3, 4]


def the_queues_of_other_caps_do_not_count(db: Connection) -> None:
    claims = waiting(db, 1)
    other = held(db, journey.mail(), producer="email")
    limits(db).set_cap(Scope.CHANNEL, "email", most=3, span=HOUR)
    limits(db).set_cap(Scope.PRODUCER, "", most=1, span=HOUR)
    rest(db, *claims, other)
    assert turns(db) == [1, 0]


def who_no_longer_waits_has_no_turn(db: Connection) -> None:
    first, gone, last = waiting(db, 3)
    limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    rest(db, first, gone)
    Desk(db, actor="ada").withdraw(gone.id, reason="not needed")
    rest(db, last)
    assert turns(db) == [1, 2]
    db.execute("UPDATE outbox.turn SET at = now() WHERE intent_id = %s", (gone.id,))
    rest(db, held(db, journey.mail()))
    assert one(db, "SELECT count(*) FROM outbox.turn") == 3


def a_cap_says_when_what_fills_it_is_out_of_its_window(db: Connection) -> None:
    claim = waiting(db, 2, worth(600))[0]
    assert permit(db, claim) == "done"
    last = "SELECT max(intent_id) FROM outbox.recipient"
    limits(db).set_cap(Scope.EVERYTHING, "", most=2, span=HOUR)
    limits(db).set_cap(Scope.VALUE, "EUR", most=1000, span=2 * HOUR)
    ends = f"SELECT array_agg(until ORDER BY until) FROM outbox.limits(({last}), now())"
    assert one(db, f"SELECT ({ends}) = {FILLED} FROM outbox.counted") is True


def who_is_held_for_longer_than_a_cap_rests_for_as_long(db: Connection) -> None:
    claim = waiting(db, 1)[0]
    limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=HOUR / 60)
    db.execute("ALTER TABLE outbox.approval DISABLE TRIGGER USER")
    db.execute("UPDATE outbox.approval SET held_until = now() + interval '30 minutes'")
    rest(db, claim)
    assert one(db, "SELECT due_at - now() FROM outbox.intent WHERE state = 'approved'") == (
        HOUR / 2
    )


def whoever_sets_or_lifts_a_limit_leaves_a_receipt(db: Connection) -> None:
    ada, bob = Limits(db, actor="ada"), Limits(db, actor="bob")
    ada.set_cap(Scope.DOMAIN, "example.org", most=2**53 - 1, span=HOUR)
    bob.set_cap(Scope.DOMAIN, "example.org", most=7, span=HOUR)
    bob.lift_suppression(ada.suppress("example.net", reason="closed"))
    bob.lift_quiet_hours(quiet(ada, "22:00-07:00", days=[1]))
    kinds = "SELECT string_agg(concat_ws(' ', kind, role, actor, evidence ->> 'limit'), ', '"
    assert one(db, kinds + " ORDER BY id) FROM outbox.receipt WHERE kind LIKE 'limit%'") == (
        "limit_set human ada cap, limit_lifted human bob cap, limit_set human bob cap, "
        "limit_set human ada suppression, limit_lifted human bob suppression, "
        "limit_set human ada quiet_hours, limit_lifted human bob quiet_hours"
    )
    [(evidence,)] = db.execute(
        "SELECT evidence - 'id' FROM outbox.receipt WHERE kind = 'limit_lifted'"
        " ORDER BY id LIMIT 1"
    ).fetchall()
    assert evidence == {
        "limit": "cap",
        "scope": "domain",
        "name": "example.org",
        "most": 2**53 - 1,
        "span": "PT1H",
    }


SCENES = (
    each_rests_until_its_own_turn,
    a_turn_is_one_that_all_caps_allow,
    who_is_worth_more_waits_for_more,
    who_asks_again_too_early_keeps_its_turn,
    the_queues_of_other_caps_do_not_count,
    who_no_longer_waits_has_no_turn,
    a_cap_says_when_what_fills_it_is_out_of_its_window,
    who_is_held_for_longer_than_a_cap_rests_for_as_long,
    whoever_sets_or_lifts_a_limit_leaves_a_receipt,
)
RECEIPTED: Changes = (("OR UPDATE", ""), ("INSERT OR ", ""))
TURNS: dict[str, Changes] = {
    "limits/turn_of.sql": (
        ("SELECT max(", "SELECT min("),
        ("sum(weight)", "count(*)"),
        ("since + cap.weight > cap.most", "since + cap.weight >= cap.most"),
        ("(ORDER BY at DESC)", "(ORDER BY at)"),
        ("ORDER BY at DESC LIMIT 1", "ORDER BY at LIMIT 1"),
        ("counted.scope = cap.scope AND ", ""),
        (" AND counted.name = cap.name", ""),
        ("turn.scope = cap.scope AND ", ""),
        (" AND turn.name = cap.name", ""),
        ("mine.intent_id = resting AND ", ""),
        ("mine.at IS NULL", "true"),
        ("mine.at IS NULL", "false"),
        ("state IN ('approved', 'sending')", "true"),
    ),
    "sender/rest.sql": (
        ("outbox.turn_of(held.id, instant)", "NULL"),
        ("PERFORM outbox.wait_for_caps(ARRAY[held.id])", "NULL"),
        ("intent_id = held.id\n        OR ", ""),
        ("AND at < instant AND NOT EXISTS", "AND false AND NOT EXISTS"),
        ("SELECT DISTINCT", "SELECT"),
        ("held.id, weight", "held.id, 1"),
    ),
    "limits/record_limit.sql": (
        ("'limit_set'", "'limit_lifted'"),
        ("ELSE 'limit_lifted'", "ELSE 'limit_set'"),
        ("coalesce(NEW.lifted_by, NEW.set_by)", "NEW.set_by"),
        ("TG_TABLE_NAME", "'cap'"),
        ("'human'", "'sender'"),
        ("to_jsonb(NEW)", "to_jsonb(OLD)"),
        ("'iso_8601'", "'postgres'"),
    ),
    "limits/caps_are_receipted.sql": RECEIPTED,
    "limits/suppressions_are_receipted.sql": RECEIPTED,
    "limits/quiet_hours_are_receipted.sql": RECEIPTED,
}
