"""Effects under standing grants and by delegates, and what was not signed in advance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from schemas.authority import signing
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Signer
from schemas.receipts.statement import digest_of
from tests.parts.bundles import permitted
from tests.parts.granting import delegation_of, grant_of
from tests.parts.reviewers import ADA, BOB, EVE
from tests.parts.signed import DAY, HOUR, NOON, SignedLog, leave

_DATES = {"not_before": NOON - DAY, "expires_at": NOON + DAY}
_LATE = NOON + 4 * HOUR
"""An hour after everything."""


def enrolled() -> SignedLog:
    return SignedLog().enrol("ada", ADA.key).enrol("bob", BOB.key)


def grant(signer: Signer = ADA, **change: Any) -> Envelope:
    said = grant_of(**{"log": SignedLog().origin, **_DATES, **change})
    return signing.signed(said, signer)


def delegation(signer: Signer = ADA, **change: Any) -> Envelope:
    said = delegation_of(**{"log": SignedLog().origin, **_DATES, **change})
    return signing.signed(said, signer)


def bobs() -> Envelope:
    """Bob's yes in ada's place."""
    said = leave(1, by="bob", log=SignedLog().origin)
    return signing.signed(replace(said, delegator="ada"), BOB)


def granted(
    given: Envelope | None = None, log: SignedLog | None = None, by: str = "ada", **first: Any
) -> SignedLog:
    """Intent 1 was sent under ada's grant."""
    log = log or enrolled()
    log.tell(1, "persisted", **first).tell(1, "scored")
    log.says_yes(1, given or grant(), by, approval=1)
    return _sent(log)


def delegated(
    held: Envelope | None = None,
    log: SignedLog | None = None,
    by: str = "bob for ada",
    **first: Any,
) -> SignedLog:
    """Intent 1 was sent by bob's yes for ada."""
    log = log or enrolled()
    log.tell(1, "persisted", **first).tell(1, "scored")
    log.says_yes(1, bobs(), by, approval=1, delegation=held or delegation())
    return _sent(log)


def taken_back(given: Envelope) -> SignedLog:
    """The grant was revoked by a person, whom no root has signed for, before the permit."""
    log = enrolled()
    told = {"grant": 1, "document": digest_of(given.payload), "reason": "enough"}
    log.tell(None, "grant_revoked", role="human", actor="bob", evidence=told)
    return granted(given, log)


def logs() -> Iterator[tuple[str, SignedLog]]:
    """What nobody should believe, by the name of its vector."""
    for name, change in _CHANGES.items():
        yield f"grant-{name}", granted(grant(**change))
        yield f"delegation-{name}", delegated(delegation(**change))
    yield "grant-forged", granted(replace(grant(), signature=bytes(64)))
    yield "delegation-forged", delegated(replace(delegation(), signature=bytes(64)))
    for name, given, sent in (
        ("grant", grant(), granted),
        ("delegation", delegation(), delegated),
    ):
        document = digest_of(given.payload)
        yield f"{name}-revoked", sent(given, enrolled().revoke(document=document))
        yield f"{name}-key-revoked", sent(given, enrolled().revoke(key=ADA.key.name))
        yield f"{name}-of-producer", sent(given, actor="ada")
        yield f"{name}-said-by-another", sent(given, by="bob")
    yield "grant-used-by-hand", _by_hand()
    yield "delegate-has-proposed-it", delegated(actor="Bob")
    yield "delegation-to-another", delegated(delegation(delegate="carol"))
    yield "delegation-not-named", _by_delegate_alone()
    yield "approval-in-place-of-delegation", delegated(bobs())
    yield "producer-unknown", _sent(enrolled().says_yes(1, grant(), "ada", approval=1))


_CHANGES: dict[str, dict[str, Any]] = {
    "signed-by-unenrolled": {"signer": EVE},
    "signed-by-another": {"signer": BOB},
    "expired": {"expires_at": NOON + HOUR},
    "not-begun": {"not_before": _LATE},
    "of-other-log": {"log": "holdshort/elsewhere"},
}


def _by_hand() -> SignedLog:
    """A person's yes to this one names a grant in place of an approval."""
    log, said = enrolled(), grant()
    told = {"approval": 1, "document": digest_of(said.payload), "key": said.signer}
    log.yes.append((1, said))
    log.tell(1, "persisted").tell(1, "approved", actor="ada", role="human", evidence=told)
    return _sent(log)


def _by_delegate_alone() -> SignedLog:
    log = enrolled().tell(1, "persisted")
    assert isinstance(log, SignedLog)
    return _sent(log.says_yes(1, bobs(), "bob for ada", approval=1))


def _sent(log: SignedLog) -> SignedLog:
    permitted(log, 1, 1, fence=1)
    log.tell(1, "sent", fence=1, evidence={"reply": "250"})
    return log
