"""What is revoked before the permit is not sent, and what is approved is sent once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import pytest

from consumers.authority import BySignature
from consumers.rulings import Rulings
from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox import failpoints
from outbox.authority.documents import Document
from outbox.desk import Desk
from outbox.errors import Conflict, HoldshortError, IllegalMove
from outbox.failpoints import Point
from outbox.store import Connection, connect
from schemas.receipts.keys import Signer
from schemas.receipts.statement import digest_of
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.receipts import signer_of
from tests.parts.reviewers import ROOTS, declared, enrolled, revoked, say_yes, signed

MANY = 50
Revoke = Callable[[Connection, int, Document], object]
REVOCATIONS: dict[str, Revoke] = {
    "the approval": lambda db, id, _: Desk(db, actor="bob").revoke(id, reason="wrong"),
    "the key": lambda db, _, yes: declared(db, revoked(key=yes.key)),
    "the document": lambda db, _, yes: declared(db, revoked(document=digest_of(yes.content))),
}


class Hook:
    """Does something at the first time that a point is reached, and notes all of them."""

    def __init__(self) -> None:
        self.reached: list[Point] = []
        self.waits = False
        self._at: tuple[Point, Callable[[], object]] | None = None

    def __call__(self, point: Point) -> None:
        self.reached.append(point)
        if self.waits and self._at is not None and self._at[0] is point:
            self.waits = False
            self._at[1]()

    def wait_for(self, point: Point, act: Callable[[], object]) -> None:
        self._at, self.waits = (point, act), True


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Hook:
    hooked = Hook()
    monkeypatch.setattr(failpoints, "_armed", (hooked,))
    monkeypatch.setattr(failpoints, "_spring", hooked)
    return hooked


@pytest.fixture
def other(dsn: str) -> Iterator[Connection]:
    """Another connection, of whoever revokes."""
    with connect(dsn, application="tests") as connection:
        yield connection


def new_key(db: Connection, number: int) -> Signer:
    """Another key of ada: what is revoked stays revoked."""
    key = signer_of(bytes([100 + number]))
    declared(db, enrolled("ada", key.key))
    return key


@pytest.mark.parametrize("name", REVOCATIONS)
def test_what_is_revoked_at_any_instant_before_the_permit_is_not_sent(
    db: Connection, other: Connection, sink: MailSink, believing: Sender, hook: Hook, name: str
) -> None:
    first = journey.awaiting(db)
    say_yes(db, first, signed(db, first))
    hook.reached.clear()
    believing.look()
    instants = hook.reached[: hook.reached.index(Point.BEFORE_PERMIT_ASKED) + 1]

    for number, point in enumerate(dict.fromkeys(instants)):
        intent = journey.awaiting(db)
        yes = signed(db, intent, signer=new_key(db, number))
        say_yes(db, intent, yes)
        hook.wait_for(point, partial(REVOCATIONS[name], other, intent.id, yes))
        while believing.look():
            pass
        assert not hook.waits, point
        assert journey.state_of(db, intent.id) == "in_review", point

    assert len(instants) > 10
    assert [accepted.message_id.split(".")[0] for accepted in sink.accepted()] == [
        f"<{first.id}"
    ]


def test_fifty_uses_of_one_signature_at_once_are_one_approval_and_one_attempt(
    dsn: str, db: Connection, sink: MailSink, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    yes = signed(db, intent)

    def approve(_: int) -> type[HoldshortError] | None:
        with closing(connect(dsn, application="tests")) as connection:
            try:
                say_yes(connection, intent, yes)
            except HoldshortError as refused:
                return type(refused)
        return None

    def send(_: int) -> int:
        with closing(connect(dsn, application="tests")) as connection:
            return sender(
                connection, sink, authority=BySignature(connection, ROOTS, Rulings(ROOTS))
            ).look()

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(approve, range(MANY)))
        looked = list(pool.map(send, range(MANY)))

    assert (answers.count(None), answers.count(IllegalMove)) == (1, MANY - 1)
    assert sum(looked) == 1
    assert db.execute("SELECT count(*) FROM outbox.attempt").fetchone() == (1,)
    assert len(sink.accepted()) == 1


def test_a_signature_is_no_second_approval_after_the_first_is_void(
    db: Connection, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    yes = signed(db, intent)
    say_yes(db, intent, yes)
    Desk(db, actor="bob").revoke(intent.id, reason="look again")

    with pytest.raises(Conflict, match="a signature is used once for an intent"):
        say_yes(db, intent, yes)
    say_yes(db, intent, signed(db, intent))

    assert journey.state_of(db, intent.id) == "approved"
