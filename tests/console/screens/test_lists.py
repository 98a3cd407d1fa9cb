"""A list shows what waits, the longest first; what is over, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
import sqlalchemy

from outbox import Email
from outbox.desk import Desk
from outbox.erasing import Eraser
from outbox.errors import BadSearch
from outbox.intent import Amount
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.screens.lists import LISTS, NEWEST_FIRST, Which, listed
from outbox.screens.views import Assent, Money
from outbox.store import Connection
from tests.parts import journey
from tests.parts.policies import put, tier

WHOLE = Email(
    sender="billing@example.com",
    to=("zoe@example.org", "Ada@example.org"),
    cc=("bob@example.net",),
    subject="Your invoice",
    text="Dear all",
    amount=Amount(value=1250, currency="EUR"),
)


def ids(look: sqlalchemy.Connection, which: Which, **place: str | None) -> list[int]:
    return [row.id for row in listed(look, which, size=2, **place).rows]


def in_states(db: Connection, states: Sequence[State]) -> list[int]:
    """Five intents in these states, as no life would leave them."""
    made = [journey.approved(db).id for _ in range(5)]
    with db.transaction():
        db.execute("ALTER TABLE outbox.intent DISABLE TRIGGER ALL")
        db.execute(
            "ALTER TABLE outbox.intent DROP CONSTRAINT a_lease_is_whole_and_only_where_leased,"
            " DROP CONSTRAINT nothing_leaves_without_a_permit,"
            " DROP CONSTRAINT a_new_look_voids_the_approval,"
            " DROP CONSTRAINT sent_means_receipted"
        )
        for id, state in zip(made, [*states] * 5, strict=False):
            db.execute("UPDATE outbox.intent SET state = %s WHERE id = %s", (state, id))
    return made


def test_every_state_is_in_one_list() -> None:
    held = [state for states in LISTS.values() for state in states]

    assert sorted(held) == sorted(set(State) - {State.UNBORN})
    assert {Which.DEFERRED} == set(Which) - set(LISTS)


def test_a_line_says_what_one_must_know_without_opening_it(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    intent = journey.awaiting(db, WHOLE)

    [row] = listed(look, Which.APPROVE).rows

    assert (row.id, row.state, row.channel) == (intent.id, "awaiting_approval", "email")
    assert (row.sender, row.subject) == ("billing@example.com", "Your invoice")
    assert (row.to, row.more, row.producer) == ("ada@example.org", 2, "tests")
    assert (row.amount, row.confidence) == (Money(value=1250, currency="EUR"), 0.9)
    assert (row.assent, row.overdue) == (Assent(given=0, missing=1), False)


def test_a_queue_begins_with_what_waits_longest(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    made = [journey.awaiting(db).id for _ in range(3)]
    db.execute(
        "UPDATE outbox.intent SET moved_at = now() - interval '1 day' WHERE id = %s", (made[2],)
    )

    assert ids(look, Which.APPROVE) == [made[2], made[0]]


@pytest.mark.parametrize("which", sorted(LISTS))
def test_pages_go_both_ways_and_show_each_once(
    db: Connection, look: sqlalchemy.Connection, which: Which
) -> None:
    made = in_states(db, LISTS[which])
    order = made[::-1] if which in NEWEST_FIRST else made

    first = listed(look, which, size=2)
    second = listed(look, which, size=2, after=first.later)
    last = listed(look, which, size=2, after=second.later)
    back = listed(look, which, size=2, before=last.earlier)
    front = listed(look, which, size=2, before=back.earlier)

    assert [row.id for page in (first, second, last) for row in page.rows] == order
    assert (first.earlier, last.later) == (None, None)
    assert ([row.id for row in back.rows], [row.id for row in front.rows]) == (
        order[2:4],
        order[:2],
    )
    assert front.earlier is None
    assert back.later == second.later


def test_what_comes_meanwhile_shifts_nothing(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    made = [journey.awaiting(db).id for _ in range(4)]
    first = listed(look, Which.APPROVE, size=2)
    Desk(db, actor="ada").reject(made[0], reason="no")
    journey.awaiting(db)

    assert ids(look, Which.APPROVE, after=first.later) == made[2:4]


def test_what_is_no_place_is_refused(look: sqlalchemy.Connection) -> None:
    with pytest.raises(BadSearch, match="no place"):
        listed(look, Which.SENT, after="7; DROP TABLE")


def test_a_line_says_how_many_have_said_yes_of_how_many(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    put(db, tier(3, to="*@example.org"))
    intent = journey.awaiting(db)
    journey.approve(db, intent.id)

    [row] = listed(look, Which.APPROVE).rows

    assert row.assent == Assent(given=1, missing=2)
    assert row.assent.needed == 3


def test_a_yes_to_an_older_version_does_not_count(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    put(db, tier(2))
    intent = journey.awaiting(db)
    journey.approve(db, intent.id)
    Desk(db, actor="eve").edit(intent.id, journey.mail("B"), digest=journey.seen(db, intent.id))
    journey.score_and_route(db)

    [row] = listed(look, Which.APPROVE).rows

    assert (row.version, row.subject, row.assent) == (2, "B", Assent(given=0, missing=2))


def test_a_line_says_when_somebody_should_have_heard(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    put(db, tier(within={"remind": "1h"}, to="*@example.org"))
    late, young = journey.awaiting(db), journey.awaiting(db)
    db.execute(
        "UPDATE outbox.intent SET moved_at = now() - interval '61 minutes' WHERE id = %s",
        (late.id,),
    )

    rows = {row.id: row for row in listed(look, Which.APPROVE).rows}

    assert (rows[late.id].overdue, rows[young.id].overdue) == (True, False)
    assert rows[young.id].due == rows[young.id].since + dt.timedelta(hours=1)


def test_what_is_deferred_is_in_its_own_list_and_in_no_other(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    intent, other = journey.awaiting(db), journey.awaiting(db)
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    digest = journey.seen(db, intent.id)
    Desk(db, actor="ada").defer(intent.id, digest=digest, until=until)

    [row] = listed(look, Which.DEFERRED).rows

    assert (row.id, row.deferred_until) == (intent.id, until)
    assert ids(look, Which.APPROVE) == [other.id]


def test_of_an_erased_mail_a_line_names_nobody(
    db: Connection, ledger: Ledger, look: sqlalchemy.Connection
) -> None:
    intent = journey.awaiting(db, WHOLE)
    Desk(db, actor="ada").reject(intent.id, reason="no")
    Eraser(db, actor="ada", reason="asked").erase(intent.id)

    [row] = listed(look, Which.CLOSED).rows
    assert (row.sender, row.subject, row.to, row.more) == (None, None, None, 0)


def test_what_is_no_mail_is_in_its_list_all_the_same(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    for number, content in enumerate((b"\xff", b"[]", b'{"subject": "\\u0000"}', b"{}")):
        db.execute("SELECT outbox.submit(%s, 'eve', 'email', %s)", (f"odd {number}", content))

    found = listed(look, Which.ARRIVING).rows
    assert [(row.subject, row.to) for row in found] == [(None, None)] * 4
