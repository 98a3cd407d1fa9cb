"""Of what is capped never one more leaves, however many senders ask at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from outbox import Email, Proposal, submit
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.errors import BadArtifact, BadSettings, GateClosed, NotFound
from outbox.ledger import Ledger
from outbox.limits import reading
from outbox.limits.setting import Limits, Scope
from outbox.queries import reader
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND, state_of

SENDERS = 8
MAILS = 16
MOST = 5


@pytest.fixture
def limits(db: Connection) -> Limits:
    return Limits(db, actor="grace")


def mail(number: int, to: str = "ada@example.org") -> Email:
    return journey.mail(f"Your invoice {number}", to)


def ready(db: Connection, artifacts: list[Email]) -> list[Claim]:
    """As many approved intents in the hands of one sender."""
    for number, artifact in enumerate(artifacts):
        submit(db, Proposal(artifact=artifact, key=f"k{number}", producer=f"p{number % 2}"))
    journey.score_and_route(db)
    journey.score_and_route(db)
    for id, digest in db.execute(
        "SELECT id, digest FROM outbox.intent WHERE state = 'awaiting_approval'"
    ).fetchall():
        Desk(db, actor="ada").approve(id, digest=digest, valid_for=HOUR)
    journey.switch_on(db)
    ledger = Ledger(db, worker="sender-1")
    return [claim for _ in artifacts for claim in ledger.claim(SEND)]


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


def test_a_cap_that_is_set_at_noon_knows_the_morning(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    journey.permitted(db, ledger)
    claim = journey.claimed(db, ledger)

    limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)

    with pytest.raises(GateClosed, match="cap reached"):
        ledger.permit(claim, enough=SECOND)


def test_a_cap_counts_attempts_whatever_became_of_them(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    limits.set_cap(Scope.ADDRESS, "", most=1, span=HOUR)
    journey.stranded(db, ledger)
    claim = journey.claimed(db, ledger)

    with pytest.raises(GateClosed, match="cap reached"):
        ledger.permit(claim, enough=SECOND)


def test_what_left_the_window_counts_no_longer(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    journey.permitted(db, ledger)
    pass_by(db, HOUR)

    journey.permitted(db, ledger)


def pass_by(db: Connection, time: dt.timedelta) -> None:
    """Let so much time have passed since every attempt: no rule of ours could do this."""
    with db.transaction():
        db.execute("SET LOCAL session_replication_role = replica")
        db.execute("UPDATE outbox.counted SET at = at - %s", (time,))


def test_everyone_counts_who_would_receive_it_and_only_of_the_latest_version(
    db: Connection, desk: Desk, limits: Limits, ledger: Ledger
) -> None:
    intent = journey.awaiting(db)
    edited = desk.edit(
        intent.id,
        mail(1, "Bob@example.com").model_copy(update={"cc": ("eve@EXAMPLE.net",)}),
        digest=intent.digest,
    )
    journey.score_and_route(db)
    desk.approve(intent.id, digest=edited.digest, valid_for=HOUR)
    journey.switch_on(db)
    [claim] = ledger.claim(SEND)

    ledger.permit(claim, enough=SECOND)

    counted = db.execute("SELECT scope, name FROM outbox.counted ORDER BY 1, 2").fetchall()
    assert counted == [
        ("address", "bob@example.com"),
        ("address", "eve@example.net"),
        ("channel", "email"),
        ("domain", "example.com"),
        ("domain", "example.net"),
        ("everything", ""),
        ("producer", "tests"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b'{"to": ["ada@example.org"], "to": ["eve@example.net"]}',
        b'{"t\\u006f": ["eve@example.net"], "cc": ["ada@example.org"]}',
        b'{"to": ["eve@example.net", null], "bcc": ["ada@example.org"], "cc": "x@y.example"}',
    ],
)
def test_no_spelling_hides_a_recipient_from_the_database(
    db: Connection, content: bytes
) -> None:
    db.execute("SELECT outbox.submit('k', 'p', 'email', %s)", (content,))

    read = db.execute("SELECT address FROM outbox.recipient ORDER BY 1").fetchall()
    assert read == [("ada@example.org",), ("eve@example.net",)]


@pytest.mark.parametrize("content", [b"not a mail", b"\xff", b"[]", b'{"to": "x"}'])
def test_what_has_no_recipients_is_held_but_never_leaves_as_a_mail(
    db: Connection, ledger: Ledger, content: bytes
) -> None:
    db.execute("SELECT outbox.submit('k', 'p', 'email', %s)", (content,))
    journey.score_and_route(db)
    [(id, digest)] = db.execute("SELECT id, digest FROM outbox.intent").fetchall()
    Desk(db, actor="ada").approve(id, digest=digest, valid_for=HOUR)
    journey.switch_on(db)
    [claim] = ledger.claim(SEND)

    with pytest.raises(GateClosed, match="recipients unknown"):
        ledger.permit(claim, enough=SECOND)


@pytest.mark.parametrize(
    "to", ["Ada <ada@example.org>", "ada@EXAMPLE.org", "a@xn--bcher-kva.org"]
)
def test_a_recipient_spelled_otherwise_than_it_is_sent_is_no_artifact(
    db: Connection, ledger: Ledger, to: str
) -> None:
    content = mail(1).model_dump_json().replace("ada@example.org", to).encode()
    db.execute("SELECT outbox.submit('k', 'p', 'email', %s)", (content,))
    journey.score_and_route(db)
    [(id, digest)] = db.execute("SELECT id, digest FROM outbox.intent").fetchall()
    Desk(db, actor="ada").approve(id, digest=digest, valid_for=HOUR)
    journey.switch_on(db)
    [claim] = ledger.claim(SEND)

    with pytest.raises(BadArtifact, match="write the recipients as they are sent"):
        claim.artifact()


def test_what_a_cap_holds_back_rests_until_its_window_frees_and_keeps_its_approval(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    journey.permitted(db, ledger)
    claim = journey.claimed(db, ledger)

    ledger.rest(claim, {"gate": "cap_reached"})

    [(due_in_time, claims)] = db.execute(
        "SELECT due_at = (SELECT max(at) + '1 hour' FROM outbox.counted), claims"
        " FROM outbox.intent WHERE id = %s",
        (claim.id,),
    ).fetchall()
    assert (due_in_time, claims, state_of(db, claim.id)) == (True, 0, "approved")
    assert journey.kinds_of(db, claim.id)[-1] == "deferred"
    assert ledger.claim(SEND) == []


def test_a_lifted_cap_counts_no_longer(db: Connection, limits: Limits, ledger: Ledger) -> None:
    id = limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    journey.permitted(db, ledger)

    limits.lift_cap(id)

    journey.permitted(db, ledger)
    with pytest.raises(NotFound, match="no cap 1 that stands"):
        limits.lift_cap(id)


def test_a_cap_takes_the_place_of_its_like_and_both_name_their_person(
    dsn: str, db: Connection, limits: Limits
) -> None:
    limits.set_cap(Scope.DOMAIN, "EXAMPLE.org", most=1, span=dt.timedelta(hours=24))
    Limits(db, actor="bob").set_cap(Scope.DOMAIN, "example.org", most=2, span=24 * HOUR)

    with reader(dsn).connect() as connection:
        newer, older = reading.caps(connection)
    assert (older.name, older.set_by, older.lifted_by) == ("example.org", "grace", "bob")
    assert (newer.most, newer.set_by, newer.lifted_by) == (2, "bob", None)
    assert newer.span == 24 * HOUR


@pytest.mark.parametrize(
    ("scope", "name"),
    [(Scope.EVERYTHING, "x"), (Scope.ADDRESS, "nobody"), (Scope.DOMAIN, "a b")],
)
def test_a_cap_on_what_cannot_be_is_refused(limits: Limits, scope: Scope, name: str) -> None:
    with pytest.raises(BadSettings):
        limits.set_cap(scope, name, most=1, span=HOUR)


def test_a_cap_names_a_person(db: Connection) -> None:
    with pytest.raises(BadSettings, match="names who set it"):
        Limits(db, actor=" ")


def test_once_a_cap_is_set_no_permit_is_given_that_has_not_looked_at_it(
    dsn: str, db: Connection, limits: Limits, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)
    with connect(dsn, application="tests") as sender:
        sender.execute("BEGIN")
        Ledger(sender, worker="worker-1").permit(claim, enough=SECOND)
        with ThreadPoolExecutor(1) as pool:
            setting = pool.submit(limits.set_cap, Scope.EVERYTHING, "", most=1, span=HOUR)
            waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
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

    assert held == [("ShareLock",)]
