"""What a person has signed elsewhere, with a key that never comes here."""

from __future__ import annotations

from consumers.reviewers import check_whose, holders_of, legible
from outbox.authority.documents import Document, installation
from outbox.errors import BadSettings, Conflict, NotAllowed
from outbox.store import Connection
from schemas.authority import documents, holders
from schemas.authority.documents import APPROVAL, Approval
from schemas.authority.keeping import kept
from schemas.authority.wire import Signed
from schemas.receipts.envelope import Invalid

_HINT = "sign what `approvals/prepare` gives, as it is: docs/API.md"


def as_signed(connection: Connection, said: Signed, person: str) -> tuple[Document, Approval]:
    """The approval in it, if this person has signed it for this installation.

    A sender believes none of this, and looks at it again before anything leaves.  Raises
    `BadSettings`, `NotAllowed` and `Conflict`.
    """
    with legible(hint=_HINT):
        found = said.envelope()
        if found.kind != APPROVAL:
            raise BadSettings(f"it is {found.kind}, not an approval", hint=_HINT)
        document = kept(found, person)
        meant = documents.approval(document.content)
    if meant.approver != person:
        raise NotAllowed(
            f"{person} asks, and it is an approval of {meant.approver}", hint=_HINT
        )
    if meant.log != installation(connection):
        raise Conflict(f"it is signed for another installation: {meant.log}", hint=_HINT)
    check_whose(connection, found.signer, person)
    try:
        holders.check(found, holders_of(connection)[found.signer])
    except Invalid as no:
        raise NotAllowed(str(no), hint=_HINT) from None
    return document, meant
