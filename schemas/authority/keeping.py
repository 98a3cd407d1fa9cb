"""Signed documents as the database keeps them, and back."""

from __future__ import annotations

from outbox.authority.documents import Document, Kind
from schemas.authority.documents import APPROVAL, ENROLMENT, REVOCATION
from schemas.authority.policies import POLICY
from schemas.authority.standing import DELEGATION, GRANT
from schemas.receipts.envelope import Envelope

_KINDS = {
    Kind.APPROVAL.value: APPROVAL,
    Kind.GRANT.value: GRANT,
    Kind.DELEGATION.value: DELEGATION,
    Kind.ENROLMENT.value: ENROLMENT,
    Kind.REVOCATION.value: REVOCATION,
    Kind.POLICY.value: POLICY,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def envelope_of(kept: Document) -> Envelope:
    """What was signed, by whom; of no kind at all if the database has made one up."""
    return Envelope(_KINDS.get(kept.kind, ""), kept.content, kept.key, kept.signature)


def kept(envelope: Envelope, about: str) -> Document:
    """What is kept of it."""
    return Document(
        kind=_NAMES[envelope.kind],
        content=envelope.payload,
        signature=envelope.signature,
        key=envelope.signer,
        about=about,
    )
