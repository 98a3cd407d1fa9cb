"""Of what is capped never one more leaves, however many senders ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from outbox import Amount, Email, Proposal, submit
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.errors import GateClosed
from outbox.ledger import Ledger
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND, state_of

SENDERS = 8
MAILS = 16
MOST = 5
WAITING = "SELECT FROM pg_locks WHERE relation = 'outbox.switch'::regclass AND NOT granted"


@pytest.fixture
def limits(db: Connection) -> Limits:
    return Limits(db, actor="grace")


LASTING = (
    "UPDATE outbox.intent SET lease_expires_at = now() + interval '1 hour'"
    " WHERE state = 'sending'"
)
"""Leases that outlast the race, however busy the machine is."""


def mail(number: int, to: str = "ada@example.org") -> Email:
    return journey.mail(f"Your invoice {number}", to)


def ready(db: Connection, artifacts: list[Email]) -> list[Claim]:
    """As many approved intents in the hands of one sender."""
    for number, artifact in enumerate(artifacts):
        submit(db, Proposal(artifact=artifact, key=f"k{number}", producer=f"p{number % 2}"))
    journey.score_and_route(db)
    journey.score_and_route(db)
    for (id,) in db.execute(
        "SELECT id FROM outbox.intent WHERE state = 'awaiting_approval'"
    ).fetchall():
        Desk(db, actor="ada").approve(id, digest=journey.seen(db, id), valid_for=HOUR)
    journey.switch_on(db)
    ledger = Ledger(db, worker="sender-1")
    claims = [claim for _ in artifacts for claim in ledger.claim(SEND)]
    db.execute(LASTING)
    return claims


def asked(dsn: str, claims: list[Claim]) -> list[str]:
    """What one sender of several is answered; each has a connection of its own."""
    answers = []
    with connect(dsn, application="tests") as connection:
        ledger = Ledger(connection, worker="sender-1")
        for claim in claims:
            try:
                ledger.permit(claim, enough=SECOND)
                answers.append("granted")
            except GateClosed as closed:
                answers.append(closed.reason)
    return answers


def race(dsn: str, claims: list[Claim]) -> list[str]:
    with ThreadPoolExecutor(SENDERS) as pool:
        shares = [pool.submit(asked, dsn, claims[number::SENDERS]) for number in range(SENDERS)]
        return [answer for share in shares for answer in share.result()]


@pytest.mark.parametrize(
    ("scope", "name", "most"),
    [
        (Scope.EVERYTHING, "", MOST),
        (Scope.CHANNEL, "email", MOST),
        (Scope.CHANNEL, "", MOST),
        (Scope.PRODUCER, "p0", MOST + MAILS // 2),
        (Scope.PRODUCER, "", 2 * MOST),
        (Scope.ADDRESS, "Ada@Example.ORG", MOST + MAILS // 2),
        (Scope.ADDRESS, "", 2 * MOST),
        (Scope.DOMAIN, "example.org", MOST),
        (Scope.DOMAIN, "", MOST),
    ],
)
def test_eight_senders_at_once_reach_a_cap_and_never_exceed_it(
    dsn: str, db: Connection, limits: Limits, scope: Scope, name: str, most: int
) -> None:
    who = ("ada@example.org", "bob@example.org")
    claims = ready(db, [mail(n, who[n % 2]) for n in range(MAILS)])
    limits.set_cap(scope, name, most=MOST, span=HOUR)

    answers = race(dsn, claims)

    assert answers.count("granted") == most
    assert answers.count("cap_reached") == MAILS - most
    assert db.execute("SELECT count(*) FROM outbox.attempt").fetchall() == [(most,)]


@pytest.mark.parametrize("name", ["EUR", ""])
def test_eight_senders_at_once_reach_a_cap_on_value_and_never_exceed_it(
    dsn: str, db: Connection, limits: Limits, name: str
) -> None:
    values = [100 + 50 * (n % 4) for n in range(MAILS)]
    worth = [Amount(value=value, currency="EUR") for value in values]
    mails = [mail(n).model_copy(update={"amount": amount}) for n, amount in enumerate(worth)]
    claims = ready(db, [*mails, mail(MAILS)])
    limits.set_cap(Scope.VALUE, name, most=1000, span=HOUR)

    answers = race(dsn, claims)

    spent = "SELECT sum(weight) FROM outbox.counted WHERE (scope, name) = ('value', 'EUR')"
    [(sent,)] = db.execute(spent).fetchall()
    assert 1000 - max(values) < sent <= 1000
    assert sum(values) > 2 * 1000
    assert answers.count("granted") + answers.count("cap_reached") == len(claims)
    assert state_of(db, claims[-1].id) == "releasing"


def test_senders_that_count_for_many_caps_in_any_order_never_wait_for_each_other(
    dsn: str, db: Connection, limits: Limits
) -> None:
    who = [f"{name}@{domain}.example.org" for name in "abc" for domain in "xyz"]
    mails = [
        mail(n).model_copy(update={"to": tuple(who[n % 9 :] + who[: n % 9])})
        for n in range(MAILS)
    ]
    claims = ready(db, mails)
    for scope in Scope:
        limits.set_cap(scope, "", most=MAILS, span=HOUR)

    assert race(dsn, claims) == ["granted"] * MAILS


def test_once_a_cap_is_set_no_permit_is_given_that_has_not_looked_at_it(
    dsn: str, db: Connection, limits: Limits, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)
    with connect(dsn, application="tests") as sender:
        sender.execute("BEGIN")
        Ledger(sender, worker="worker-1").permit(claim, enough=SECOND)
        with ThreadPoolExecutor(1) as pool:
            setting = pool.submit(limits.set_cap, Scope.EVERYTHING, "", most=1, span=HOUR)
            waiting = WAITING
            while not sender.execute(waiting).fetchall():
                assert not setting.done()
            sender.execute("COMMIT")

    assert state_of(db, claim.id) == "releasing"


def test_where_no_cap_is_set_no_permit_waits_for_another(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)

    with db.transaction():
        ledger.permit(claim, enough=SECOND)
        held = db.execute(
            "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        ).fetchall()

    assert held == []
