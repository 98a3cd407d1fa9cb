"""Bundles whose receipts are true, and whose people have signed something else, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemas.authority import signing
from schemas.receipts.bundle import OfIntent, OfLog
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Signer
from schemas.receipts.statement import digest_of
from tests.parts.bundles import OTHER_MANIFEST
from tests.parts.reviewers import ADA, BOB, EVE, EVES_ROOT
from tests.parts.signed import HOUR, NOON, SignedLog, effect, leave, signed_busy
from tests.receipts import in_advance

_LATE = NOON + 4 * HOUR
"""An hour after everything."""


def enrolled() -> SignedLog:
    return SignedLog().enrol("ada", ADA.key).enrol("bob", BOB.key)


def given(by: str, signer: Signer, **told: object) -> tuple[str, Envelope]:
    """What this person says yes with, to intent 1."""
    said = leave(1, by=by, log=SignedLog().origin)
    return by, signing.signed(replace(said, **told), signer)  # type: ignore[arg-type]


def bundles() -> Iterator[tuple[str, OfIntent | OfLog]]:
    """Each by the name of its vector."""
    busy = signed_busy()
    yield "valid-signed", busy.of_intent(1)
    yield "valid-signed-by-two", busy.of_intent(2)
    yield "valid-signed-log", busy.of_log()
    yield "valid-granted", in_advance.granted().of_intent(1)
    yield "valid-granted-log", in_advance.granted().of_log()
    yield "valid-delegated", in_advance.delegated().of_intent(1)
    yield "valid-delegated-log", in_advance.delegated().of_log()
    yield "people-grant-taken-back-log", in_advance.taken_back(in_advance.grant()).of_log()
    for name, log in (*_of_keys(), *_of_approvals(), *in_advance.logs()):
        yield f"people-{name}", log.of_intent(1)
        yield f"people-{name}-log", log.of_log()
    whole = busy.of_log()
    yield "people-document-missing-log", replace(whole, people=whole.people[:1])
    yield (
        "people-document-unnamed-log",
        replace(whole, people=[*whole.people, given("eve", EVE)[1]]),
    )
    yield "people-reordered-log", replace(whole, people=[*reversed(whole.people)])
    one = busy.of_intent(1)
    yield "people-missing", replace(one, people=[])
    yield "people-less", replace(one, people=one.people[:-1])


def _of_keys() -> Iterator[tuple[str, SignedLog]]:
    ada = given("ada", ADA)
    yield "unenrolled", effect(SignedLog(), 1, ada)
    yield (
        "enrolled-by-unknown-root",
        effect(SignedLog().enrol("ada", ADA.key, root=EVES_ROOT), 1, ada),
    )
    yield "key-of-another", effect(enrolled(), 1, given("ada", BOB))
    yield "enrolled-later", effect(SignedLog(), 1, ada).enrol("ada", ADA.key)
    over = SignedLog().enrol("ada", ADA.key, not_after=NOON + HOUR)
    yield "enrolment-over", effect(over, 1, ada)
    early = SignedLog().enrol("ada", ADA.key, not_before=_LATE)
    yield "enrolment-not-begun", effect(early, 1, ada)
    yield "key-revoked", effect(enrolled().revoke(key=ADA.key.name), 1, ada)
    document = digest_of(ada[1].payload)
    yield "approval-revoked", effect(enrolled().revoke(document=document), 1, ada)
    two_names = SignedLog().enrol("ada", ADA.key).enrol("bob", ADA.key)
    yield "one-key-is-one-person", effect(two_names, 1, ada, given("bob", ADA))


def _of_approvals() -> Iterator[tuple[str, SignedLog]]:
    ada = given("ada", ADA)
    by, envelope = ada
    forged = replace(envelope, signature=bytes(64))
    yield "forged", effect(enrolled(), 1, (by, forged))
    yield "unsigned", _by_name(enrolled())
    yield "expired", effect(enrolled(), 1, given("ada", ADA, expires_at=NOON + HOUR))
    yield "held", effect(enrolled(), 1, given("ada", ADA, held_until=_LATE))
    yield "other-log", effect(enrolled(), 1, given("ada", ADA, log="holdshort/elsewhere"))
    other = leave(1, by="ada", log=SignedLog().origin, manifest=OTHER_MANIFEST)
    yield "other-bytes", effect(enrolled(), 1, ("ada", signing.signed(other, ADA)))
    others = leave(2, by="ada", log=SignedLog().origin)
    yield "other-intent", effect(enrolled(), 1, ("ada", signing.signed(others, ADA)))
    yield "said-by-another", effect(enrolled(), 1, ("bob", envelope))
    yield "one-person-twice", effect(enrolled(), 1, ada, given("ada", ADA, expires_at=_LATE))
    yield "one-of-two", _one_of_two(enrolled())
    yield "two-of-three", _two_of_three(enrolled())
    again = effect(enrolled(), 1, ada)
    again.tell(1, "refused", fence=1)
    again.says_yes(1, envelope, "ada", approval=7)
    yield "signature-used-twice", again


def _by_name(log: SignedLog) -> SignedLog:
    """As where names count: nobody has signed."""
    for kind in ("persisted", "scored", "routed"):
        log.tell(1, kind)
    log.tell(1, "approved", evidence={"approval": 1})
    log.tell(1, "permit", fence=9, evidence={"approval": 1, "attempt": 1})
    return log


def _one_of_two(log: SignedLog) -> SignedLog:
    """The first says that another one is missing, and the second has not signed."""
    _, envelope = given("ada", ADA)
    log.tell(1, "persisted").tell(1, "scored")
    log.says_yes(1, envelope, "ada", approval=1, missing=1)
    log.tell(1, "approved", actor="bob", evidence={"approval": 1})
    log.tell(1, "permit", fence=9, evidence={"approval": 1, "attempt": 1})
    return log


def _two_of_three(log: SignedLog) -> SignedLog:
    """The first says that two others are missing, and the second that nobody is."""
    log.says_yes(1, given("ada", ADA)[1], "ada", approval=1, missing=2)
    log.says_yes(1, given("bob", BOB)[1], "bob", approval=1)
    log.tell(1, "permit", fence=9, evidence={"approval": 1, "attempt": 1})
    return log
