"""Bring an intent to where a rule begins, by the product's own moves."""

from __future__ import annotations

import datetime as dt
from itertools import count

from outbox import Email, Intent, Proposal, Webhook, submit
from outbox.claim import SCORE, SEND, Claim
from outbox.desk import Desk, Outbound
from outbox.epoch import Site
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.reasons import Because
from outbox.results import Score
from outbox.seen import current
from outbox.store import Connection, connect

OFF = Outbound.OFF
HOUR = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)
HALF_A_MINUTE = dt.timedelta(seconds=30)
A_NO = '{"because": "other", "reason": "no"}'
"""What a person says with a no, as the database takes it."""
_numbers = count(1)


def mail(subject: str = "Your invoice", to: str = "ada@example.org") -> Email:
    return Email(
        sender="billing@example.com",
        sender_name="Billing",
        to=(to,),
        subject=subject,
        text="Dear Ada,\n\nyour invoice is ready.\n",
    )


def request(url: str = "https://hooks.example.org/In/new") -> Webhook:
    return Webhook(url=url, text='{"paid": true}')


def proposed(
    db: Connection, artifact: Artifact | None = None, key: str | None = None
) -> Intent:
    return submit(
        db,
        Proposal(
            artifact=artifact or mail(), key=key or f"key-{next(_numbers)}", producer="tests"
        ),
    )


def scored(
    db: Connection, *, confidence: float = 0.9, artifact: Artifact | None = None
) -> Intent:
    intent = proposed(db, artifact)
    ledger = Ledger(db, worker="scorer-1")
    for claim in ledger.claim(SCORE):
        ledger.score(claim, a_score(confidence))
    return intent


def a_score(confidence: float) -> Score:
    return Score(
        confidence=confidence,
        reasons=("looks fine",),
        scorer="tests",
        version="1",
        kinds=("calm",),
    )


def awaiting(db: Connection, artifact: Artifact | None = None) -> Intent:
    intent = scored(db, artifact=artifact)
    Ledger(db, worker="router-1").route(threshold=0.5)
    return intent


def seen(db: Connection, id: int) -> str:
    """The digest that a person reads off `holdshort show`: of everything that would leave."""
    return current(db, id).digest


def approved(
    db: Connection, *, valid_for: dt.timedelta = HOUR, artifact: Artifact | None = None
) -> Intent:
    intent = awaiting(db, artifact)
    approve(db, intent.id, valid_for=valid_for)
    return intent


def approve(db: Connection, id: int, *, valid_for: dt.timedelta = HOUR) -> None:
    Desk(db, actor="ada").approve(id, digest=seen(db, id), valid_for=valid_for)


def sent_back(db: Connection) -> Intent:
    intent = awaiting(db)
    send_back(db, intent.id)
    return intent


def send_back(db: Connection, id: int) -> None:
    Desk(db, actor="ada").send_back(
        id, digest=seen(db, id), because=Because.WRONG_AMOUNT, reason="it is 70, not 700"
    )


def arm(dsn: str, site: Site | None = None) -> None:
    with connect(dsn, application="tests") as connection:
        Desk(connection, actor="ada").arm(site or Site())


def switch_on(db: Connection) -> None:
    Desk(db, actor="ada").flip(Outbound.ON)


def claimed(db: Connection, ledger: Ledger, artifact: Artifact | None = None) -> Claim:
    """One intent in a sender's hands, with the switch on."""
    approved(db, artifact=artifact)
    switch_on(db)
    [claim] = ledger.claim(SEND)
    return claim


def permitted(db: Connection, ledger: Ledger, artifact: Artifact | None = None) -> Claim:
    claim = claimed(db, ledger, artifact)
    ledger.permit(claim, enough=SECOND)
    return claim


def stranded(db: Connection, ledger: Ledger, artifact: Artifact | None = None) -> Claim:
    claim = permitted(db, ledger, artifact)
    let_leases_expire(db)
    ledger.sweep()
    return claim


def let_leases_expire(db: Connection) -> None:
    db.execute(
        "UPDATE outbox.intent SET lease_expires_at = now() - interval '1 second'"
        " WHERE lease_expires_at IS NOT NULL"
    )


def state_of(db: Connection, id: int) -> str:
    row = db.execute("SELECT state FROM outbox.intent WHERE id = %s", (id,)).fetchone()
    assert row is not None
    return str(row[0])


def kinds_of(db: Connection, id: int) -> list[str]:
    """The kinds of the intent's receipts, oldest first."""
    rows = db.execute("SELECT kind FROM outbox.receipt WHERE intent_id = %s ORDER BY id", (id,))
    return [str(row[0]) for row in rows]


def score_and_route(db: Connection, *, confidence: float = 0.9) -> None:
    """What the scorer and the router do with everything that was proposed."""
    ledger = Ledger(db, worker="scorer-1")
    for claim in ledger.claim(SCORE):
        ledger.score(claim, a_score(confidence))
    ledger.route(threshold=0.5)
