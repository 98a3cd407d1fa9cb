"""Make the envelopes of documents: at once with an Ed25519 key, in two steps with a passkey."""

from __future__ import annotations

from schemas.authority.documents import (
    APPROVAL,
    ENROLMENT,
    REVOCATION,
    Approval,
    Enrolment,
    Revocation,
)
from schemas.authority.passkeys import Assertion, Passkey, challenge
from schemas.authority.policies import POLICY, Ruling
from schemas.authority.standing import DELEGATION, GRANT, Delegation, Grant
from schemas.receipts.envelope import Envelope, encoded, sealed
from schemas.receipts.keys import Signer

Signable = Approval | Enrolment | Revocation | Grant | Delegation | Ruling
OfAPerson = Approval | Grant | Delegation
"""What a person may sign with a passkey, too."""

KINDS: dict[type[Signable], str] = {
    Approval: APPROVAL,
    Enrolment: ENROLMENT,
    Revocation: REVOCATION,
    Grant: GRANT,
    Delegation: DELEGATION,
    Ruling: POLICY,
}


def signed(document: Signable, signer: Signer) -> Envelope:
    """Sign it.  Raises `Unreadable` for what no document of its kind may say."""
    return sealed(KINDS[type(document)], document.written(), signer)


def challenge_of(document: OfAPerson) -> bytes:
    """What a person's device must be asked to sign."""
    return challenge(encoded(KINDS[type(document)], document.written()))


def answered(document: OfAPerson, passkey: Passkey, assertion: Assertion) -> Envelope:
    """The document with what the device answered to its challenge; nothing is verified."""
    kind = KINDS[type(document)]
    return Envelope(kind, document.written(), passkey.name, assertion.written())
