"""Say whether people have authorised this: the sender's last question before its permit.

Whoever holds the whole database can keep a signature from the sender, and never make one:
what is asked about comes from the bytes that are about to leave, the keys from the roots
that the sender knows from outside, and the time from its own clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from outbox.policy.ruling import Need
from schemas.authority import documents, holders, spelling
from schemas.authority.documents import APPROVAL, Item
from schemas.authority.roster import Refusal, Roster
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.keys import Trust
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


def judge(
    asked: Asked, envelopes: Iterable[Envelope], roots: Trust, now: dt.datetime
) -> tuple[str, ...]:
    """The people who have authorised it.  Raises `Refusal` if they are too few.

    One signature that does not count spoils none that does.
    """
    given = list(envelopes)
    roster = Roster(given, roots)
    people: dict[str, str] = {}
    refusals: list[Refusal] = []
    for envelope in given:
        if envelope.kind != APPROVAL:
            continue
        try:
            approver = _approver(asked, envelope, roster, now)
            _check_not_barred(asked, approver)
        except Refusal as refusal:
            refusals.append(refusal)
            continue
        people[spelling.folded(approver)] = envelope.signer
    # Nobody at all is never enough, whatever is asked for.
    unmet = [need for need in (Need(1), *asked.needs) if not _is_met(need, people)]
    if unmet and refusals:
        raise refusals[0]
    if unmet:
        raise _too_few(unmet[0], people)
    return tuple(people)


def _too_few(unmet: Need, people: Mapping[str, str]) -> Refusal:
    if not people:
        return Refusal("approval_unsigned", "nobody has signed an approval of this")
    whose = "people" if unmet.of is None else f"of {', '.join(sorted(unmet.of))}"
    why = f"it needs {unmet.approvals} {whose}, and so many have not signed"
    return Refusal("approvers_missing", why)


def _is_met(need: Need, people: Mapping[str, str]) -> bool:
    # One key is one person, whoever it is enrolled for.
    of = None if need.of is None else {spelling.folded(name) for name in need.of}
    counted = {key for person, key in people.items() if of is None or person in of}
    return len(counted) >= need.approvals


def _check_not_barred(asked: Asked, approver: str) -> None:
    if spelling.folded(approver) in {spelling.folded(name) for name in asked.barred}:
        raise Refusal("approver_wrote_it", f"{approver} has a hand in it")


def _approver(asked: Asked, envelope: Envelope, roster: Roster, now: dt.datetime) -> str:
    try:
        said = documents.approval(envelope.payload)
        holders.check(envelope, roster.key_of(said.approver, envelope.signer, now))
    except Unreadable as bad:
        raise Refusal("approval_unreadable", str(bad)) from None
    except Invalid as bad:
        raise Refusal("signature_invalid", str(bad)) from None
    _in_force(said, roster.revoked(digest_of(envelope.payload)), now)
    if said.log != asked.log:
        raise Refusal("other_log", f"{said.approver} has approved it for {said.log}")
    if asked.item not in said.items:
        raise Refusal("other_bytes", f"{said.approver} has approved something else")
    return said.approver


def _in_force(said: documents.Approval, revoked: str | None, now: dt.datetime) -> None:
    by = f"the approval of {said.approver}"
    if revoked is not None:
        raise Refusal("approval_revoked", f"{by} is revoked: {revoked}")
    if said.expires_at <= now:
        raise Refusal("approval_expired", f"{by} has expired")
    if said.held_until is not None and now < said.held_until:
        raise Refusal("held", f"{by} is held until {said.held_until:%H:%M:%S %Z}")
