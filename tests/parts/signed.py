"""A receipts log in memory that tells what people have signed, too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from schemas.authority import signing
from schemas.authority.documents import Approval, Enrolment, Item, Revocation
from schemas.authority.holders import Holder
from schemas.authority.standing import GRANT
from schemas.receipts.bundle import OfIntent, OfLog, Word
from schemas.receipts.count import counted
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Signer
from schemas.receipts.statement import digest_of
from tests.parts.bundles import MANIFEST, Log, permitted
from tests.parts.reviewers import ADA, BOB, ROOT

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
"""Three hours before everything that a log in memory tells."""
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


class SignedLog(Log):
    """What an attester would have written where approvals are signed."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[tuple[int, Envelope]] = []
        self.yes: list[tuple[int, Envelope]] = []

    def root_says(
        self, kind: str, said: Enrolment | Revocation, root: Signer = ROOT
    ) -> SignedLog:
        envelope = signing.signed(said, root)
        self.words.append((len(self.statements), envelope))
        evidence = {"document": digest_of(envelope.payload)}
        self.tell(None, kind, role="human", actor=root.key.name, evidence=evidence)
        return self

    def enrol(self, person: str, key: Holder, **told: Any) -> SignedLog:
        root = told.pop("root", ROOT)
        said = Enrolment(person=person, key=key, not_before=NOON - DAY, not_after=NOON + DAY)
        return self.root_says("enrolment", replace(said, **told), root)

    def revoke(self, **named: Any) -> SignedLog:
        told = {"key": None, "document": None, "why": "lost", **named}
        return self.root_says("revocation", Revocation(**told))

    def says_yes(
        self,
        intent: int,
        envelope: Envelope,
        by: str,
        *,
        approval: int,
        missing: int = 0,
        delegation: Envelope | None = None,
    ) -> SignedLog:
        self.yes.append((intent, envelope))
        evidence: dict[str, Any] = {
            "approval": approval,
            "manifest": MANIFEST,
            "document": digest_of(envelope.payload),
            "key": envelope.signer,
        }
        kind = "endorsed" if missing else "approved"
        if missing:
            evidence["missing"] = missing
        if delegation is not None:
            self.yes.append((intent, delegation))
            evidence["delegation_document"] = digest_of(delegation.payload)
            evidence["delegation_key"] = delegation.signer
        role = "granter" if envelope.kind == GRANT else "human"
        if role == "granter":
            evidence |= {"grant": 1, "use": 1}
        self.tell(intent, kind, role=role, actor=by, evidence=evidence)
        return self

    def of_intent(self, intent: int, *, since: int | None = None) -> OfIntent:
        plain = super().of_intent(intent, since=since)
        people = [
            *(Word(envelope) for envelope in self._each(intent)),
            *(Word(envelope, self._included(index)) for index, envelope in self.words),
        ]
        count = counted(intent, len(plain.receipts), self.at(), self.signer, people)
        return replace(plain, people=people, count=count)

    def of_log(self) -> OfLog:
        kept = {digest_of(one.payload): one for _, one in (*self.words, *self.yes)}
        names = [
            one.evidence.get(name)
            for one in self.statements
            for name in ("document", "delegation_document")
        ]
        people = [kept[name] for name in dict.fromkeys(names) if name in kept]
        return replace(super().of_log(), people=people)

    def _each(self, intent: int) -> Iterator[Envelope]:
        yield from dict.fromkeys(one for of, one in self.yes if of == intent)


def leave(*intents: int, by: str, log: str, manifest: str = MANIFEST, **told: Any) -> Approval:
    """What a person signs."""
    said = Approval(
        log=log,
        items=tuple(Item(intent, 1, manifest) for intent in intents),
        approver=by,
        approved_at=NOON,
        expires_at=NOON + DAY,
        held_until=None,
    )
    return replace(said, **told)


def effect(log: SignedLog, intent: int, *given: tuple[str, Envelope]) -> SignedLog:
    """Proposed, approved by these, and sent under the permit of the same number."""
    for kind in ("persisted", "scored", "routed"):
        log.tell(intent, kind)
    for missing, (by, envelope) in reversed(list(enumerate(reversed(given)))):
        log.says_yes(intent, envelope, by, approval=intent, missing=missing)
    permitted(log, intent, intent, fence=intent)
    log.tell(intent, "sent", fence=intent, evidence={"reply": "250"})
    return log


def signed_busy() -> SignedLog:
    """Ada alone, then both together, in one bulk; a key is revoked once all has left."""
    log = SignedLog().enrol("ada", ADA.key).enrol("bob", BOB.key)
    bulk = signing.signed(leave(1, 2, by="ada", log=log.origin), ADA)
    bobs = signing.signed(leave(2, by="bob", log=log.origin), BOB)
    effect(log, 1, ("ada", bulk))
    effect(log, 2, ("bob", bobs), ("ada", bulk))
    return log.revoke(key=ADA.key.name)
