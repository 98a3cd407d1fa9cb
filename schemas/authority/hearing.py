"""Hear one signature: who says yes to what is about to leave, and in whose place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from schemas.authority import documents, holders, spelling, standing
from schemas.authority.covering import Leaving, Unseen, beyond
from schemas.authority.documents import Approval, Item
from schemas.authority.needs import Need
from schemas.authority.roster import Refusal, Roster
from schemas.authority.standing import DELEGATION
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.reading import Unreadable
from schemas.receipts.statement import digest_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is about to leave, whose yes it takes, and whose does not count."""

    log: str
    item: Item
    needs: tuple[Need, ...] = (Need(1),)
    """All of them must be met."""
    barred: frozenset[str] = frozenset()
    """The names of those who have a hand in it."""
    leaving: Leaving | Unseen | None = None
    """All of it, where somebody has signed in advance; unseen, where a stranger asks later."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One yes that counts; names without what two spellings of one person differ in."""

    person: str
    principal: str
    """In whose place; the same person, if in their own."""
    key: str

    def __str__(self) -> str:
        """As receipts name it."""
        if self.person == self.principal:
            return self.person
        return f"{self.person} for {self.principal}"

    def repeats(self, other: Voice) -> bool:
        """One person, one key, or one place: heard once."""
        return (
            self.person == other.person
            or self.principal == other.principal
            or self.key == other.key
        )


class Hearing:
    """Everything that was signed about one intent, heard at one instant."""

    def __init__(
        self, asked: Asked, envelopes: Iterable[Envelope], roster: Roster, now: dt.datetime
    ) -> None:
        self._asked = asked
        self._delegations = [one for one in envelopes if one.kind == DELEGATION]
        self._roster = roster
        self._now = now

    def of_approval(self, envelope: Envelope) -> Voice:
        """Raises `Refusal` if it does not count."""
        with _as_signed("approval"):
            said = documents.approval(envelope.payload)
            self._check(envelope, said.approver)
        by = f"the approval of {said.approver}"
        self._not_revoked(envelope, "approval", by)
        if said.expires_at <= self._now:
            raise Refusal("approval_expired", f"{by} has expired")
        if said.held_until is not None and self._now < said.held_until:
            raise Refusal("held", f"{by} is held until {said.held_until:%H:%M:%S %Z}")
        if said.log != self._asked.log:
            raise Refusal("other_log", f"{said.approver} has approved it for {said.log}")
        if self._asked.item not in said.items:
            raise Refusal("other_bytes", f"{said.approver} has approved something else")
        if said.delegator is None:
            return self._voice(said.approver, said.approver, envelope)
        self._delegated(said, said.delegator)
        return self._voice(said.approver, said.delegator, envelope)

    def of_grant(self, envelope: Envelope) -> Voice:
        """Raises `Refusal` if it does not count, or does not cover this."""
        with _as_signed("grant"):
            said = standing.grant(envelope.payload)
            self._check(envelope, said.giver)
        by = f"the grant of {said.giver}"
        self._within(envelope, "grant", by, (said.not_before, said.expires_at))
        if word := beyond(said, self._leaving()):
            raise Refusal("beyond_grant", f"{by} does not cover it: other {word}")
        return self._voice(said.giver, said.giver, envelope)

    def _delegated(self, said: Approval, delegator: str) -> None:
        refused = Refusal("delegation_missing", f"{delegator} has not delegated to them")
        for envelope in self._delegations:
            try:
                self._holds(envelope, said.approver, delegator)
            except Refusal as refusal:
                refused = refusal
            else:
                break
        else:
            raise refused
        producer = spelling.folded(self._leaving().producer)
        if producer in map(spelling.folded, (said.approver, delegator)):
            raise Refusal("producer_approves", f"{producer} has proposed it")

    def _holds(self, envelope: Envelope, delegate: str, delegator: str) -> None:
        with _as_signed("delegation"):
            said = standing.delegation(envelope.payload)
            self._check(envelope, said.delegator)
        by = f"the delegation of {said.delegator}"
        self._within(envelope, "delegation", by, (said.not_before, said.expires_at))
        named = (self._asked.log, delegator, delegate)
        if (said.log, said.delegator, said.delegate) != named:
            raise Refusal("delegation_missing", f"{by} is to {said.delegate}")

    def _voice(self, person: str, principal: str, envelope: Envelope) -> Voice:
        barred = {spelling.folded(name) for name in self._asked.barred}
        for one in map(spelling.folded, (person, principal)):
            if one in barred:
                raise Refusal("approver_wrote_it", f"{one} has a hand in it")
        return Voice(spelling.folded(person), spelling.folded(principal), envelope.signer)

    def _leaving(self) -> Leaving | Unseen:
        leaving = self._asked.leaving
        if isinstance(leaving, Unseen):
            return leaving
        if leaving is None or leaving.manifest.digest != self._asked.item.manifest:
            raise Refusal("other_bytes", "what leaves is not what is asked about")
        return leaving

    def _check(self, envelope: Envelope, person: str) -> None:
        holders.check(envelope, self._roster.key_of(person, envelope.signer, self._now))

    def _not_revoked(self, envelope: Envelope, kind: str, by: str) -> None:
        revoked = self._roster.revoked(digest_of(envelope.payload))
        if revoked is not None:
            raise Refusal(f"{kind}_revoked", f"{by} is revoked: {revoked}")

    def _within(
        self, envelope: Envelope, kind: str, by: str, dates: tuple[dt.datetime, dt.datetime]
    ) -> None:
        self._not_revoked(envelope, kind, by)
        if self._now < dates[0]:
            raise Refusal(f"{kind}_not_begun", f"{by} has not begun")
        if dates[1] <= self._now:
            raise Refusal(f"{kind}_expired", f"{by} has expired")


def heard(
    envelopes: Iterable[Envelope], hear: Mapping[str, Callable[[Envelope], Voice]]
) -> tuple[list[Voice], list[Refusal]]:
    """Every voice that counts, none twice, and why the others do not."""
    voices: list[Voice] = []
    refusals: list[Refusal] = []
    for envelope in envelopes:
        if envelope.kind not in hear:
            continue
        try:
            voice = hear[envelope.kind](envelope)
        except Refusal as refusal:
            refusals.append(refusal)
            continue
        if not any(map(voice.repeats, voices)):
            voices.append(voice)
    return voices, refusals


@contextmanager
def _as_signed(kind: str) -> Iterator[None]:
    try:
        yield
    except Unreadable as bad:
        raise Refusal(f"{kind}_unreadable", str(bad)) from None
    except Invalid as bad:
        raise Refusal("signature_invalid", str(bad)) from None
