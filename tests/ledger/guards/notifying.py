"""Scenes of who tells over a route, when and how often; and what no rule of ours writes."""

from __future__ import annotations

import datetime as dt
from typing import LiteralString

from outbox import Intent
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.notices import Claimed, Hearing, Kind, Notice, Teller
from outbox.store import Connection
from tests.ledger.guards.answers import one, raw
from tests.parts import journey

LEASE = MINUTE = dt.timedelta(minutes=1)
AT_ONCE = dt.timedelta(0)
OF_INTENTS = (Kind.STRANDED, Kind.ESCALATED, Kind.IN_REVIEW, Kind.AWAITING_APPROVAL)
WRONG: tuple[tuple[str, LiteralString], ...] = (
    ("a_route_has_a_name", "INSERT INTO outbox.route (name) VALUES ('')"),
    (
        "a_route_is_leased_for_a_time",
        "INSERT INTO outbox.route (name, leased_by) VALUES ('x', 'eve')",
    ),
    ("it_is_told_once", "INSERT INTO outbox.notified VALUES ('r', 'switch', 0, 'epoch')"),
    *(
        (
            "what_is_told_of_is_known",
            f"INSERT INTO outbox.notified VALUES ('r', '{kind}', {intent}, now())",
        )
        for kind, intent in (("sent", 0), ("sent", 1), ("switch", 1), ("stranded", 0))
    ),
)


def hearing(
    route: str = "r",
    *kinds: Kind,
    gather: dt.timedelta = AT_ONCE,
    person: str | None = None,
    tenants: tuple[str, ...] | None = None,
    groups: tuple[str, ...] | None = None,
) -> Hearing:
    heard = kinds or OF_INTENTS
    return Hearing(
        route=route, kinds=heard, gather=gather, person=person, tenants=tenants, groups=groups
    )


def teller(db: Connection, worker: str = "notifier-1") -> Teller:
    return Teller(db, worker=worker, lease=LEASE)


def claimed(db: Connection, heard: Hearing) -> Claimed | None:
    return teller(db).claim(heard)


def tell(db: Connection, heard: Hearing) -> list[tuple[str, int]]:
    """What is told, and written down, over this route now."""
    found = claimed(db, heard)
    if found is None:
        return []
    teller(db).record(heard.route, found.fence, found.notices)
    return [(one.kind.value, one.intent) for one in found.notices]


def waited(db: Connection, intent: Intent, seconds: int) -> None:
    db.execute(
        "UPDATE outbox.intent SET moved_at = now() - make_interval(secs => %s) WHERE id = %s",
        (seconds, intent.id),
    )


def what_is_told_is_kept_as_a_known_thing_once(db: Connection) -> None:
    db.execute("INSERT INTO outbox.route (name) VALUES ('r')")
    db.execute("INSERT INTO outbox.notified VALUES ('r', 'switch', 0, 'epoch')")
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement
    db.execute("INSERT INTO outbox.notified VALUES ('r', 'switch', 0, now())")


def each_wait_is_told_once_over_each_route(db: Connection) -> None:
    waits = journey.awaiting(db)
    told = [("awaiting_approval", waits.id)]
    assert tell(db, hearing("a")) == told
    assert tell(db, hearing("a")) == []
    assert tell(db, hearing("b")) == told
    waited(db, waits, 60)  # in another wait
    late = journey.awaiting(db)
    assert tell(db, hearing("a")) == [*told, ("awaiting_approval", late.id)]
    Desk(db, actor="ada").reject(waits.id, reason="no")
    again = journey.awaiting(db)
    waited(db, again, 1)
    assert tell(db, hearing("a")) == [("awaiting_approval", again.id)]
    assert one(db, "SELECT count(*) FROM outbox.notified WHERE route = 'a'") == 2
    assert one(db, "SELECT count(*) FROM outbox.notified WHERE route = 'b'") == 1


def one_notifier_at_a_time_tells_over_a_route(db: Connection) -> None:
    journey.awaiting(db)
    first = claimed(db, hearing("a"))
    assert first is not None
    assert claimed(db, hearing("a")) is None
    assert one(
        db,
        "SELECT leased_by = 'notifier-1' AND lease_expires_at = now() + interval '1 min'"
        " FROM outbox.route",
    )
    db.execute("UPDATE outbox.route SET lease_expires_at = now() - interval '1 second'")
    second = claimed(db, hearing("a"))
    assert second is not None
    assert second.fence == first.fence + 1
    teller(db).postpone("a", first.fence, LEASE)
    teller(db).record("a", first.fence, first.notices)  # too late, and it was told
    assert one(db, "SELECT leased_by FROM outbox.route") == "notifier-1"
    assert one(db, "SELECT count(*) FROM outbox.notified") == 1
    teller(db).record("a", second.fence, second.notices)
    assert one(db, "SELECT leased_by IS NULL FROM outbox.route")
    assert tell(db, hearing("a")) == []


def a_route_that_failed_rests_alone(db: Connection) -> None:
    waits = journey.awaiting(db)
    tell(db, hearing("b", Kind.STRANDED))
    for failures in range(2):
        found = claimed(db, hearing("a"))
        assert found is not None
        assert found.failures == failures
        db.execute("UPDATE outbox.route SET fence = %s WHERE name = 'b'", (found.fence,))
        teller(db).postpone("a", found.fence, LEASE)
        assert claimed(db, hearing("a")) is None
        assert one(
            db, "SELECT due_at = now() + interval '1 min' FROM outbox.route WHERE name = 'a'"
        )
        assert one(db, "SELECT due_at <= now() FROM outbox.route WHERE name = 'b'")
        db.execute("UPDATE outbox.route SET due_at = now() WHERE name = 'a'")
    assert tell(db, hearing("a")) == [("awaiting_approval", waits.id)]
    assert one(db, "SELECT failures FROM outbox.route WHERE name = 'a'") == 0
    assert one(db, "SELECT told_at = now() FROM outbox.route WHERE name = 'a'")


def what_comes_in_numbers_is_gathered_and_a_strand_is_not(db: Connection) -> None:
    many = [journey.awaiting(db) for _ in range(3)]
    assert tell(db, hearing(gather=MINUTE)) == []
    stranded = journey.stranded(db, Ledger(db, worker="worker-1"))
    assert tell(db, hearing(gather=MINUTE)) == [("stranded", stranded.id)]
    waited(db, many[0], 61)
    assert len(tell(db, hearing(gather=MINUTE))) == 3
    waited(db, journey.awaiting(db), 59)
    assert tell(db, hearing(gather=MINUTE)) == []


def no_more_is_told_at_once_than_was_asked_for(db: Connection) -> None:
    for _ in range(3):
        journey.awaiting(db)
    rows = db.execute(
        "SELECT * FROM outbox.claim_to_notify('r', 'w', '1 min', ARRAY['awaiting_approval'],"
        " NULL, NULL, NULL, '0', 2)"
    ).fetchall()
    assert len(rows) == 2


def what_is_written_down_twice_is_there_once(db: Connection) -> None:
    journey.awaiting(db)
    found = claimed(db, hearing("a"))
    assert found is not None
    twice: list[Notice] = [*found.notices, *found.notices]
    teller(db).record("a", found.fence, twice)
    assert one(db, "SELECT count(*) FROM outbox.notified") == 1


SCENES = (
    what_is_told_is_kept_as_a_known_thing_once,
    each_wait_is_told_once_over_each_route,
    one_notifier_at_a_time_tells_over_a_route,
    a_route_that_failed_rests_alone,
    what_comes_in_numbers_is_gathered_and_a_strand_is_not,
    no_more_is_told_at_once_than_was_asked_for,
    what_is_written_down_twice_is_there_once,
)
