"""Who may approve, and approvals as they sign them: documents made, and given to the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from outbox.authority.documents import Document, Kind, declare, declared, installation, known
from outbox.errors import BadSettings, Conflict, NotFound
from outbox.store import Connection
from schemas.authority import documents, signing
from schemas.authority.documents import Approval, Enrolment, Item, Revocation
from schemas.authority.holders import Holder
from schemas.authority.keeping import envelope_of, kept
from schemas.authority.passkeys import Passkey
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.keys import Signer, Trust
from schemas.receipts.reading import Unreadable
from schemas.receipts.statement import digest_of

NO_HOLD = dt.timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """One enrolment: whose a key is, who says so, and whether it counts."""

    person: str
    key: str
    passkey: bool
    not_before: dt.datetime
    not_after: dt.datetime | None
    root: str
    trusted: bool | None
    """Whether a root that we believe has signed it; None if we know of no root."""
    revoked: str | None
    """Why it counts no longer."""


def enrol(connection: Connection, said: Enrolment, root: Signer) -> None:
    """Let this person approve with this key.

    Raises `Conflict` if the key is revoked, or is another person's.
    """
    key = said.key.name
    for other in reviewers(connection, None):
        if other.key != key:
            continue
        if other.revoked is not None:
            raise Conflict(f"{key} is revoked, for good: {other.revoked}", hint=_ANOTHER)
        if other.person != said.person:
            raise Conflict(f"{key} is the key of {other.person}", hint=_ANOTHER)
    with legible():
        document = kept(signing.signed(said, root), key)
    evidence = {"document": digest_of(document.content), "person": said.person, "key": key}
    declare(connection, document, evidence)


_ANOTHER = "make another key: holdshort key create FILE"


def revoke(connection: Connection, named: str, root: Signer, why: str) -> None:
    """Let a key, or a signed approval, count no longer.  Raises `NotFound`."""
    found = known(connection, named)
    if found is None:
        raise NotFound(
            f"nobody has signed an approval {named}, and no such key is enrolled",
            hint="see the keys: holdshort reviewer list; the documents: holdshort show ID",
        )
    is_key = found is Kind.ENROLMENT
    said = Revocation(
        key=named if is_key else None, document=None if is_key else named, why=why
    )
    with legible():
        document = kept(signing.signed(said, root), named)
    evidence = {"document": digest_of(document.content), "of": named, "reason": why}
    declare(connection, document, evidence)


def reviewers(connection: Connection, roots: Trust | None) -> list[Reviewer]:
    """Every enrolment, the oldest first; without roots, as the database has it."""
    said = declared(connection)
    revoked = dict(_revoked(said, roots))
    return [
        Reviewer(
            person=one.person,
            key=one.key.name,
            passkey=isinstance(one.key, Passkey),
            not_before=one.not_before,
            not_after=one.not_after,
            root=envelope.signer,
            trusted=None if roots is None else _is_signed(envelope, roots),
            revoked=revoked.get(one.key.name),
        )
        for envelope, one in _enrolments(said)
    ]


def leave(
    connection: Connection,
    person: str,
    items: Sequence[Item],
    *,
    valid_for: dt.timedelta,
    hold: dt.timedelta = NO_HOLD,
    delegator: str | None = None,
) -> Approval:
    """What this person would sign now to approve these, in another's place if told so."""
    # By our own clock: whoever holds the database must not lengthen what we sign.
    now = dt.datetime.now(dt.UTC)
    return Approval(
        log=installation(connection),
        items=tuple(items),
        approver=person,
        approved_at=now,
        expires_at=now + valid_for,
        held_until=now + hold if hold else None,
        delegator=delegator,
    )


def signed_by(connection: Connection, signer: Signer, said: Approval) -> Document:
    """This approval, signed with a key.

    Raises `NotFound` or `Conflict` if the key is not the approver's: no sender would
    believe it.
    """
    check_whose(connection, signer.key.name, said.approver)
    with legible():
        return kept(signing.signed(said, signer), said.approver)


def passkeys(connection: Connection) -> dict[str, Passkey]:
    """Every passkey that a root has vouched for, by its name; `reviewers` says for whom, and
    whether it counts."""
    found = holders_of(connection).items()
    return {name: key for name, key in found if isinstance(key, Passkey)}


def holders_of(connection: Connection) -> dict[str, Holder]:
    """The same of every key."""
    return {one.key.name: one.key for _, one in _enrolments(declared(connection))}


@contextmanager
def legible(*, hint: str = "holdshort reviewer enrol --help") -> Iterator[None]:
    """What cannot be written or read as a document is a bad setting to whoever gave it."""
    try:
        yield
    except Unreadable as bad:
        raise BadSettings(str(bad), hint=hint) from None


def check_whose(connection: Connection, key: str, person: str) -> None:
    """Raise `NotFound` or `Conflict` if the key is not theirs: no sender would believe it."""
    theirs = [one for one in reviewers(connection, None) if one.key == key]
    if not theirs:
        raise NotFound(
            f"the key {key} is not enrolled",
            hint=f"holdshort reviewer enrol {person} --key PUBLIC.json --root root.pem",
        )
    people = {one.person for one in theirs}
    if person not in people:
        whose = ", ".join(sorted(people))
        raise Conflict(f"the key {key} is enrolled for {whose}", hint=f"--by {whose}")
    if theirs[-1].revoked is not None:
        raise Conflict(f"the key {key} is revoked: {theirs[-1].revoked}", hint=_ANOTHER)


def _enrolments(said: Iterable[Document]) -> Iterator[tuple[Envelope, Enrolment]]:
    for one in said:
        # What cannot be read, no sender believes either.
        with suppress(Unreadable):
            if one.kind == Kind.ENROLMENT:
                yield envelope_of(one), documents.enrolment(one.content)


def _revoked(said: Iterable[Document], roots: Trust | None) -> Iterator[tuple[str, str]]:
    for one in said:
        if one.kind != Kind.REVOCATION:
            continue
        if roots is None or _is_signed(envelope_of(one), roots):
            with suppress(Unreadable):
                taken = documents.revocation(one.content)
                yield taken.named, taken.why


def _is_signed(envelope: Envelope, roots: Trust) -> bool:
    try:
        envelope.opened(envelope.kind, roots)
    except Invalid:
        return False
    return True
