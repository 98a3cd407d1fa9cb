"""A way out that leads nowhere, and a scorer that always says the same."""

from __future__ import annotations

from consumers.channels import Delivered, Evidence, Outcome, Permit
from consumers.scorers import History
from outbox.claim import Claim
from outbox.manifest import Transport, required
from outbox.results import Score

ANSWERED: Evidence = {
    "host": "mail.example.com",
    "port": 465,
    "login": "billing@example.com",
    "capabilities": ["PIPELINING", "SIZE 10240000", "AUTH PLAIN LOGIN", "8BITMIME", "DSN"],
    "tls_version": "TLSv1.3",
    "certificate_sha256": "ab" * 32,
    "final_reply": "250 2.0.0 Ok: queued as 4F2B1C",
    "final_digest": "cd" * 32,
    "milliseconds": {"connect": 1, "tls": 2, "envelope": 1, "body": 1, "dot": 3},
}
"""As much evidence as a mail leaves."""
FINE = Score(confidence=0.9, reasons=("always the same",), scorer="bench", version="1")


class Nowhere:
    """Asks for the permit, and says at once that it was delivered."""

    def __init__(self) -> None:
        self.sent = 0

    @property
    def transport(self) -> Transport:
        return required("email")

    def send(self, _: Claim, permit: Permit) -> Outcome:
        permit()
        self.sent += 1
        return Delivered(ANSWERED)

    def let_go(self) -> None:
        """It keeps nothing."""


class AlwaysFine:
    """A panel; what it costs to judge a mail is no matter of the pipeline."""

    def judge(self, _claim: Claim, _history: History, _until: float) -> tuple[Score, ...]:
        return (FINE,)
