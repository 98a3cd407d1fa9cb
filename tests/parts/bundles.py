"""A receipts log in memory, for bundles that are whole and for those that are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from schemas.receipts import checkpoint, merkle, reading, statement
from schemas.receipts.bundle import Included, OfIntent, OfLog, Since
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.count import counted
from schemas.receipts.envelope import STATEMENT, Envelope, sealed
from schemas.receipts.keys import Signer
from schemas.receipts.statement import Statement
from tests.parts.receipts import OURS

ORIGIN = "holdshort/00000000-0000-4000-8000-000000000000"
BYTES, OTHER_BYTES = "a" * 64, "b" * 64
MANIFEST, OTHER_MANIFEST = "c" * 64, "d" * 64
OF_A_MANIFEST = ("approved", "permit", "sent")
ROLES = {"persisted": "agent", "scored": "scorer", "routed": "router", "stranded": "sweeper"}
BY_PEOPLE = ("approved", "rejected", "revoked", "resolved", "edited", "switch", "epoch")


class Log:
    """What an attester would have written, had it been told all this."""

    def __init__(self, origin: str = ORIGIN, signer: Signer = OURS) -> None:
        self.origin = origin
        self.signer = signer
        self.statements: list[Statement] = []
        self.envelopes: list[Envelope] = []

    def tell(self, intent: int | None, kind: str, **told: Any) -> Log:
        """Add a receipt; what is not told is as it mostly is."""
        evidence = told.pop("evidence", {})
        if kind in OF_A_MANIFEST:
            evidence = {"manifest": MANIFEST, **evidence}
        chain = [one for one in self.statements if one.intent == intent]
        role = "human" if kind in BY_PEOPLE else ROLES.get(kind, "sender")
        digest = BYTES
        if intent is None:
            digest = statement.digest_of(reading.canonical(evidence))
        plain = Statement(
            log=self.origin,
            index=len(self.statements),
            intent=intent,
            number=len(chain) + 1,
            previous=statement.digest_of(chain[-1].written()) if chain else statement.FIRST,
            kind=kind,
            role=role,
            actor="ada" if role == "human" else f"{role}-1",
            fence=None,
            at="2026-11-24T15:00:00.000000Z",
            evidence=evidence,
            digest=digest,
        )
        self.add(replace(plain, **told))
        return self

    def add(self, told: Statement) -> None:
        self.statements.append(told)
        self.envelopes.append(sealed(STATEMENT, told.written(), self.signer))

    def at(self, size: int | None = None) -> Checkpoint:
        """The log at this size, or now."""
        size = len(self.statements) if size is None else size
        return Checkpoint(self.origin, size, self._root(size))

    def note(self, size: int | None = None) -> str:
        return checkpoint.note(self.at(size), self.signer)

    def of_intent(self, intent: int, *, since: int | None = None) -> OfIntent:
        indexes = [one.index for one in self.statements if one.intent == intent]
        return OfIntent(
            intent=intent,
            note=self.note(),
            since=None if since is None else Since(self.note(since), self._since(since)),
            count=counted(intent, len(indexes), self.at(), self.signer),
            receipts=[self._included(index) for index in indexes],
        )

    def of_log(self) -> OfLog:
        return OfLog(self.note(), list(self.envelopes))

    def _included(self, index: int) -> Included:
        path = merkle.inclusion(index, len(self.statements))
        proof = merkle.hashed(path, self._nodes().__getitem__)
        return Included(self.envelopes[index], proof)

    def _since(self, old: int) -> list[bytes]:
        path = merkle.consistency(old, len(self.statements))
        return merkle.hashed(path, self._nodes().__getitem__)

    def _root(self, size: int) -> bytes:
        return merkle.folded([self._nodes()[place] for place in merkle.edge_of(size)])

    def _nodes(self) -> dict[merkle.Place, bytes]:
        leaves = [merkle.leaf_hash(one.payload) for one in self.envelopes]
        return {(level, index): hash for level, index, hash in merkle.grown(0, {}, leaves)}


def approved(log: Log, intent: int, approval: int = 1, **told: Any) -> Log:
    """Up to a person's leave."""
    for kind in ("persisted", "scored", "routed"):
        log.tell(intent, kind, **told)
    return log.tell(intent, "approved", evidence={"approval": approval}, **told)


def permitted(log: Log, intent: int, approval: int = 1, fence: int = 9, **told: Any) -> Log:
    evidence = {"approval": approval, "attempt": approval}
    return log.tell(intent, "permit", fence=fence, evidence=evidence, **told)


def busy() -> Log:
    """Two intents side by side: one was sent, the other resolved and sent again."""
    log = Log()
    log.tell(None, "epoch", evidence={"system": "7658", "environment": ""})
    approved(log, 1, 1)
    approved(log, 2, 2)
    log.tell(None, "switch", evidence={"outbound": True})
    permitted(log, 1, 1, 9)
    permitted(log, 2, 2, 10)
    log.tell(1, "sent", fence=9, evidence={"reply": "250 2.0.0 ok", "port": 465})
    log.tell(2, "stranded", fence=10, evidence={"from": "releasing"})
    log.tell(2, "resolved", evidence={"as": "in_review", "reason": "not in the log \u2713"})
    log.tell(2, "approved", evidence={"approval": 3})
    permitted(log, 2, 3, 11)
    return log.tell(2, "sent", fence=11, evidence={"reply": "250", "milliseconds": 0.5})


def busy_elsewhere() -> Log:
    """The same under another name."""
    log, last = Log("holdshort/elsewhere"), dict[int | None, str]()
    for told in busy().statements:
        before = last.get(told.intent, statement.FIRST)
        log.add(replace(told, log=log.origin, previous=before))
        last[told.intent] = statement.digest_of(log.envelopes[-1].payload)
    return log


def busy_until(size: int) -> Log:
    """The same when it had so many receipts."""
    log = Log()
    for told in busy().statements[:size]:
        log.add(told)
    return log
