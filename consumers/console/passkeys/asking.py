"""A device is asked to sign a document, and what it answers becomes the signed document.

The challenge is the SHA-256 of the very bytes that are kept, so an answer to it is of these
bytes and no others, whatever the page or the database says in between.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from consumers.console.passkeys.keys import Own, own, theirs, usable
from consumers.console.passkeys.place import Place
from consumers.console.passkeys.wire import Answer, unpadded
from consumers.console.people import Person
from consumers.reviewers import legible
from outbox.authority.challenges import Asking, Purpose, ask, take
from outbox.authority.documents import Document
from outbox.errors import NotAllowed, NotFound
from outbox.store import Connection
from schemas.authority import documents, holders, signing, standing
from schemas.authority.documents import Approval
from schemas.authority.keeping import kept
from schemas.authority.passkeys import Passkey
from schemas.authority.signing import OfAPerson
from schemas.authority.standing import Delegation, Grant
from schemas.receipts.envelope import Invalid
from schemas.receipts.keys import Trust

READ: dict[Purpose, Callable[[bytes], OfAPerson]] = {
    Purpose.APPROVAL: documents.approval,
    Purpose.GRANT: standing.grant,
    Purpose.DELEGATION: standing.delegation,
}
PURPOSES: dict[type[OfAPerson], Purpose] = {
    Approval: Purpose.APPROVAL,
    Grant: Purpose.GRANT,
    Delegation: Purpose.DELEGATION,
}
AGAIN = "nothing was done; begin again on the page"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who is signed in and may be asked to sign, and where they are."""

    person: Person
    place: Place
    roots: Trust | None
    """Whose word on keys is believed; None: as the database has it."""

    def asking(self, purpose: Purpose) -> Asking:
        return Asking(session=self.person.session, person=self.person.name, purpose=purpose)

    def owned(self, connection: Connection) -> list[Own]:
        return own(connection, self.person.name, self.roots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a device is asked."""

    challenge: bytes
    content: bytes
    """What it signs."""
    passkeys: list[Passkey]
    """Any of these may answer."""


def asked(connection: Connection, by: Signatory, said: OfAPerson) -> Question:
    """Ask this person's device to sign this.

    Raises `NotFound` if they have no passkey that counts here.
    """
    passkeys = usable(by.owned(connection), by.place)
    if not passkeys:
        raise NotFound(
            f"{by.person.name} has no passkey that is enrolled for {by.place.origin}",
            hint="make one, and let a root vouch for it: /passkeys",
        )
    with legible(hint=AGAIN):
        content = said.written()
    challenge = signing.challenge_of(said)
    ask(connection, by.asking(PURPOSES[type(said)]), challenge, content)
    return Question(challenge=challenge, content=content, passkeys=passkeys)


def answered(
    connection: Connection, by: Signatory, purpose: Purpose, answer: Answer
) -> Document:
    """The document, signed by this person with the passkey that has answered.

    The challenge is spent, whatever the answer is worth.  Raises `Conflict` if nothing was
    asked with it, and `NotAllowed` if it is no signature of theirs.
    """
    challenge = challenge_in(answer.client_data)
    said = READ[purpose](take(connection, by.asking(purpose), challenge))
    passkey = theirs(by.owned(connection), by.place, answer.credential, by.person.name)
    envelope = signing.answered(said, passkey, answer.assertion)
    try:
        holders.check(envelope, passkey)
    except Invalid as no:
        raise NotAllowed(str(no), hint=AGAIN) from None
    if whose(said) != by.person.name:
        raise NotAllowed(f"{by.person.name} has answered for {whose(said)}", hint=AGAIN)
    return kept(envelope, by.person.name)


def challenge_in(client_data: bytes) -> bytes:
    """The challenge that a browser says to have answered.  Raises `NotAllowed`."""
    try:
        said = json.loads(client_data)["challenge"]
        return unpadded(said)
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NotAllowed("a browser answers to a challenge", hint=AGAIN) from None


def whose(said: OfAPerson) -> str:
    """Who signs it."""
    if isinstance(said, Approval):
        return said.approver
    return said.giver if isinstance(said, Grant) else said.delegator
