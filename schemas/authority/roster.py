"""Whose the keys are, in the eyes of the roots that are trusted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from schemas.authority import documents
from schemas.authority.documents import ENROLMENT, REVOCATION, Enrolment
from schemas.authority.holders import Holder
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.reading import Unreadable


class Refusal(Exception):
    """A signature does not count; `reason` is one word for metrics and receipts."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(why)
        self.reason = reason


class Roster:
    """What roots have signed about keys; what nobody trusted has signed, says nothing."""

    def __init__(self, envelopes: Iterable[Envelope], roots: Trust) -> None:
        self._enrolments = defaultdict[str, list[Enrolment]](list)
        self._revoked: dict[str, str] = {}
        for envelope in envelopes:
            try:
                self._add(envelope, roots)
            except (Invalid, Unreadable):
                continue

    def _add(self, envelope: Envelope, roots: Trust) -> None:
        if envelope.kind == ENROLMENT:
            said = documents.enrolment(envelope.opened(ENROLMENT, roots))
            self._enrolments[said.key.name].append(said)
        elif envelope.kind == REVOCATION:
            taken = documents.revocation(envelope.opened(REVOCATION, roots))
            self._revoked[taken.named] = taken.why

    def key_of(self, person: str, key: str, now: dt.datetime) -> Holder:
        """This person's key of this name.  Raises `Refusal` if it is not theirs now."""
        why = self.revoked(key)
        if why is not None:
            raise Refusal("key_revoked", f"the key {key} is revoked: {why}")
        enrolments = self._enrolments.get(key, [])
        if not enrolments:
            raise Refusal("key_unenrolled", f"no trusted root has enrolled the key {key}")
        theirs = [one for one in enrolments if one.person == person]
        if not theirs:
            whose = enrolments[-1].person
            raise Refusal("key_of_another", f"the key {key} is enrolled for {whose}")
        for one in theirs:
            if one.not_before <= now and (one.not_after is None or now < one.not_after):
                return one.key
        raise Refusal("enrolment_over", f"the key {key} is not enrolled for now")

    def revoked(self, named: str) -> str | None:
        """Why this key, or the document with this digest, counts no longer; None if it does."""
        return self._revoked.get(named)

    def people(self) -> tuple[Enrolment, ...]:
        """Every enrolment, in the order in which they were signed."""
        return tuple(one for each in self._enrolments.values() for one in each)
