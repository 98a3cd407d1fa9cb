"""Scenes of quiet hours, and what is taken out of them."""

from __future__ import annotations

from typing import LiteralString

from outbox.ledger import Ledger
from outbox.limits.setting import Scope
from outbox.store import Connection
from tests.ledger.guards.answers import answer, locks, one, raw
from tests.ledger.guards.bounds import STANDS
from tests.ledger.guards.leaving import TO_MANY, held, limits, permit
from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNTRUNCATED
from tests.ledger.quiet import quiet
from tests.parts import journey

_QUIET: LiteralString = (
    "INSERT INTO outbox.quiet_hours (scope, name, days, starts, ends, zone, set_by) VALUES "
)
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    (
        "quiet_hours_are_set_once",
        _QUIET + "('everything', '', '{1,2}', '22:00', '07:00', 'UTC', 'eve')",
    ),
    (
        "quiet_hours_are_of_a_known_scope",
        _QUIET + "('address', 'a@b.example', '{1}', '22:00', '07:00', 'UTC', 'eve')",
    ),
    (
        "quiet_hours_are_of_everything_or_of_a_name",
        _QUIET + "('channel', '', '{1}', '22:00', '07:00', 'UTC', 'eve')",
    ),
    (
        "quiet_hours_begin_on_some_day",
        _QUIET + "('everything', '', '{}', '22:00', '07:00', 'UTC', 'eve')",
    ),
    (
        "quiet_hours_begin_on_some_day",
        _QUIET + "('everything', '', '{0,1}', '22:00', '07:00', 'UTC', 'eve')",
    ),
    (
        "quiet_hours_begin_and_end_on_a_clock",
        _QUIET + "('everything', '', '{1}', '24:00', '07:00', 'UTC', 'eve')",
    ),
    (
        "quiet_hours_begin_and_end_on_a_clock",
        _QUIET + "('everything', '', '{1}', '22:00', '24:00', 'UTC', 'eve')",
    ),
    (
        "quiet_hours_name_a_person",
        _QUIET + "('everything', '', '{1}', '22:00', '07:00', 'UTC', '')",
    ),
    (
        "quiet_hours_name_a_person",
        "UPDATE outbox.quiet_hours SET lifted_at = now(), lifted_by = ''",
    ),
    ("lifted_quiet_hours_say_by_whom", "UPDATE outbox.quiet_hours SET lifted_at = now()"),
    ("a_limit_is_only_lifted", "UPDATE outbox.quiet_hours SET ends = '22:30'"),
    ("history_is_only_added_to", "DELETE FROM outbox.quiet_hours"),
    ("history_is_only_added_to", "TRUNCATE outbox.quiet_hours"),
)
ALWAYS = "00:00-00:00"


def every_wrong_quiet_hours_are_refused_by_name(db: Connection) -> None:
    quiet(limits(db), "22:00-07:00", days=[1, 2])
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement
    nowhere = answer(db, lambda: quiet(limits(db), "22:00-07:00", "UTC-2"))
    assert nowhere == "BadSettings"
    assert one(db, "SELECT set_by || zone || starts || ends FROM outbox.quiet_hours") == (
        "graceUTC22:00:0007:00:00"
    )


def nothing_leaves_in_quiet_hours_until_they_are_lifted(db: Connection) -> None:
    claim = held(db, TO_MANY, producer="email")
    quiet(limits(db), ALWAYS, scope=Scope.PRODUCER, name="example.net")
    quiet(limits(db), ALWAYS, scope=Scope.DOMAIN, name="other.example")
    for scope, name in ((Scope.CHANNEL, "email"), (Scope.DOMAIN, "example.net")):
        id = quiet(limits(db), ALWAYS, scope=scope, name=name)
        assert permit(db, claim) == "quiet_hours"
        limits(db).lift_quiet_hours(id)
        assert answer(db, lambda id=id: limits(db).lift_quiet_hours(id)) == "NotFound"  # type: ignore[misc]
    assert one(db, "SELECT count(*) FROM outbox.quiet_hours WHERE lifted_by = 'grace'") == 2
    assert one(db, "SELECT count(*) FROM outbox.quiet_hours WHERE lifted_at IS NULL") == 2
    assert permit(db, claim) == "done"


def quiet_hours_are_those_of_the_clock_on_the_wall(db: Connection) -> None:
    intent = journey.proposed(db)
    quiet(limits(db), "22:00-07:00", "Europe/Berlin", days=[5])
    ends = (
        "SELECT string_agg(coalesce(to_char(ends, 'DD HH24:MI'), '-'), ' ' ORDER BY instant)"
        " FROM unnest('{2026-11-26 22:00Z,2026-11-27 20:59Z,2026-11-27 21:00Z,"
        " 2026-11-28 05:59Z,2026-11-28 06:00Z}'::timestamptz[]) AS instant"
        f" LEFT JOIN LATERAL outbox.quiet_until({intent.id}, instant) AS ends ON true"
    )
    db.execute("SET LOCAL TIME ZONE 'UTC'")
    [(told,)] = db.execute(ends.encode()).fetchall()
    assert told == "- - 28 06:00 28 06:00 -"


def a_whole_day_is_quiet_from_midnight_to_midnight(db: Connection) -> None:
    intent = journey.proposed(db)
    quiet(limits(db), ALWAYS, days=[6])
    quiet(limits(db), "10:00-11:00", days=[7])
    during = (
        "SELECT string_agg((SELECT count(*) FROM outbox.quiet_until(%s, instant))::text, ''"
        " ORDER BY instant) FROM unnest('{2026-11-27 23:59Z,2026-11-28 00:00Z,"
        " 2026-11-28 23:59Z,2026-11-29 00:00Z,2026-11-29 10:30Z,2026-11-29 11:00Z}'"
        "::timestamptz[]) AS instant"
    )
    assert db.execute(during, (intent.id,)).fetchall() == [("011010",)]


def quiet_hours_wait_for_the_permits_that_are_given(db: Connection) -> None:
    quiet(limits(db), ALWAYS)
    assert [mode for _, mode in locks(db)] == ["ExclusiveLock"]
    journey.switch_on(db)
    assert len(locks(db)) == 1


def what_quiet_hours_hold_back_rests_until_they_end(db: Connection) -> None:
    claim = held(db, journey.mail())
    quiet(limits(db), ALWAYS)
    Ledger(db, worker="worker-1").rest(claim, {})
    due = "SELECT due_at = date_trunc('day', now(), 'UTC') + interval '1 day'"
    assert one(db, due + " FROM outbox.intent")


SCENES = (
    every_wrong_quiet_hours_are_refused_by_name,
    nothing_leaves_in_quiet_hours_until_they_are_lifted,
    quiet_hours_are_those_of_the_clock_on_the_wall,
    a_whole_day_is_quiet_from_midnight_to_midnight,
    quiet_hours_wait_for_the_permits_that_are_given,
    what_quiet_hours_hold_back_rests_until_they_end,
)
QUIET: dict[str, Changes] = {
    "limits/quiet_hours.sql": (
        ("UNIQUE NULLS NOT DISTINCT", "UNIQUE"),
        ("scope IN ('everything', 'channel', 'producer', 'domain')", "true"),
        ("(scope = 'everything') = (name = '')", "true"),
        ("days <> '{}' AND ", ""),
        (" AND days <@ '{1,2,3,4,5,6,7}'", ""),
        ("starts < time '24:00' AND ", ""),
        (" AND ends < time '24:00'", ""),
        ("set_by <> '' AND ", ""),
        (" AND lifted_by <> ''", ""),
        ("(lifted_at IS NULL) = (lifted_by IS NULL)", "true"),
    ),
    "limits/quiet_hours_are_only_lifted.sql": (("BEFORE UPDATE", "BEFORE UPDATE OF id"),),
    "history/quiet_hours_stay.sql": (("DELETE OR TRUNCATE", "TRUNCATE"), UNTRUNCATED),
    "limits/quiet_until.sql": (
        ("hours.until AT TIME ZONE zone", "hours.until AT TIME ZONE 'UTC'"),
        ("instant AT TIME ZONE zone", "instant AT TIME ZONE 'UTC'"),
        ("mine.scope = quiet_hours.scope AND ", ""),
        (" AND mine.name = quiet_hours.name", ""),
        (", (shows::date - 1)", ""),
        ("(ends <= starts)", "(ends < starts)"),
        ("(ends <= starts)", "true"),
        ("WHERE lifted_at IS NULL AND", "WHERE"),
        ("extract(isodow FROM day) = ANY (days)", "true"),
        ("isodow", "dow"),
        ("shows >= since", "shows > since"),
        ("shows < until", "shows <= until"),
    ),
    "limits/limits.sql": (
        ("outbox.quiet_until(claimed, instant)", "outbox.quiet_until(0, instant)"),
    ),
    "operator/set_quiet_hours.sql": (
        ("IF NOT EXISTS", "IF false AND EXISTS"),
        ("IN EXCLUSIVE MODE", "IN ROW SHARE MODE"),
        ("LOCK TABLE outbox.switch", "LOCK TABLE outbox.lease"),
        ("set_quiet_hours.actor", "'somebody'"),
    ),
    "operator/lift_quiet_hours.sql": (
        STANDS,
        ("id = lift_quiet_hours.id AND ", ""),
        ("lifted_by = lift_quiet_hours.actor", "lifted_by = 'somebody'"),
    ),
}
