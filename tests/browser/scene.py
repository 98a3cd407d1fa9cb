"""What a console shows in these tests and in the pictures of the docs: the same each time.

Every intent got where it is by the moves of the product; only the other side of the mails
is played here.
"""

from __future__ import annotations

from dataclasses import dataclass

from outbox import Email, Intent, Proposal, submit
from outbox.claim import SCORE, SEND
from outbox.intent import Amount, Attachment
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.results import Score
from outbox.store import Connection
from tests.parts import journey
from tests.parts.receipts import attest

NEWS = """<html><body style="font-family: sans-serif">
<h1 style="color: #1d4fa8">Three new guides</h1>
<p>Dear Grace,</p><p>this month: <b>three new guides</b> and a talk in Berlin.</p>
</body></html>"""


def mail(subject: str, to: str, text: str, **more: object) -> Email:
    fields = {"sender": "billing@example.com", "sender_name": "Billing", "to": (to,)}
    return Email.model_validate({**fields, "subject": subject, "text": text, **more})


INVOICE = mail(
    "Your invoice 2026-0117",
    "ada@example.org",
    "Dear Ada,\n\nyour invoice 2026-0117 over EUR 1,250.00 is attached."
    " It is due on 3 May.\n\nKind regards\nBilling",
    attachments=(
        Attachment(
            filename="invoice-2026-0117.pdf",
            media_type="application/pdf",
            content=b"JVBERi0xLjQKJUhvbGRzaG9ydAo=",
        ),
    ),
    amount=Amount(value=125000, currency="EUR"),
)
SURVEY = mail("Survey", "nan@example.org", "Hi Nan,\n\nwould you answer three questions?\n")
NEWSLETTER = mail(
    "Three new guides",
    "grace@example.org",
    "Dear Grace,\n\nthis month: three new guides and a talk in Berlin.\n",
    html=NEWS,
)
SECRET = mail(
    "Your access",
    "alan@example.net",
    "Hello Alan,\n\nthe key of the staging system is\n\n    {{ api_key }}\n\nPlease keep it.",
)
REFUND = mail(
    "Refund of your double payment",
    "katherine@example.org",
    "Dear Katherine,\n\nwe transfer EUR 84.00 back to your account today.\n",
    amount=Amount(value=8400, currency="EUR"),
)
REMINDER = mail(
    "Reminder: dentist on Tuesday",
    "edsger@example.org",
    "Dear Edsger,\n\nyour appointment is on Tuesday at 14:15 sharp.\n",
)


@dataclass(frozen=True)
class Scene:
    """Who stands where."""

    awaiting: tuple[Intent, ...]
    in_review: tuple[Intent, ...]
    sent: Intent
    stranded: Intent | None


def proposed(db: Connection, artifact: Email, key: str, producer: str) -> Intent:
    return submit(db, Proposal(artifact=artifact, key=key, producer=producer))


def routed(db: Connection, *, confidence: float, reasons: tuple[str, ...]) -> None:
    """Score and route everything that was proposed."""
    ledger = Ledger(db, worker="scorer-1")
    while claims := ledger.claim(SCORE):
        for claim in claims:
            score = Score(confidence=confidence, reasons=reasons, scorer="rules", version="1")
            ledger.score(claim, score)
    ledger.route(threshold=0.5)


def played(db: Connection, *, stranded: bool = True) -> Scene:
    """Some mails in every list, the switch on, a log that is attested."""
    sent = _sent(db)
    lost = _stranded(db) if stranded else None
    review = (_review(db, SECRET, "onboarding:alan"), _review(db, REFUND, "refund:84-00"))
    calm = ("reads like what was sent before",)
    awaiting = []
    for artifact, key in ((SURVEY, "survey:7"), (NEWSLETTER, "guides:5"), (INVOICE, "inv:117")):
        awaiting.append(proposed(db, artifact, key, "billing-agent"))
        routed(db, confidence=0.93, reasons=calm)
    attest(db)
    return Scene(tuple(awaiting), review, sent, lost)


def _review(db: Connection, artifact: Email, key: str) -> Intent:
    intent = proposed(db, artifact, key, "support-agent")
    why = (
        ("a placeholder was left: {{ api_key }}",)
        if artifact is SECRET
        else ("an amount of money to somebody new",)
    )
    routed(db, confidence=0.31, reasons=why)
    return intent


def _sent(db: Connection) -> Intent:
    intent = _on_the_way(db, REMINDER, "dentist:tue")
    ledger = Ledger(db, worker="sender-1")
    [claim] = ledger.claim(SEND)
    ledger.permit(claim, enough=journey.SECOND)
    ledger.settle(
        claim,
        State.SENT,
        kind="sent",
        evidence={"reply": "250 2.0.0 Ok: queued as 4F1A"},
    )
    return intent


def _stranded(db: Connection) -> Intent:
    intent = _on_the_way(
        db, mail("Your order has shipped", "barbara@example.org", "On Friday."), "order:4711"
    )
    ledger = Ledger(db, worker="sender-1")
    [claim] = ledger.claim(SEND)
    ledger.permit(claim, enough=journey.SECOND)
    journey.let_leases_expire(db)
    ledger.sweep()
    return intent


def _on_the_way(db: Connection, artifact: Email, key: str) -> Intent:
    intent = proposed(db, artifact, key, "desk-agent")
    routed(db, confidence=0.88, reasons=("reads like what was sent before",))
    journey.switch_on(db)
    journey.approve(db, intent.id)
    return intent
