"""What people give in advance, as they sign it: grants and delegations, made and kept."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from consumers.reviewers import check_whose, legible
from outbox.authority import standing as kept_here
from outbox.authority.documents import Document
from outbox.errors import BadSettings
from outbox.limits.names import currency as spelled
from outbox.mail import as_lines, on_the_wire
from outbox.manifest import sha256_of
from outbox.store import Connection
from schemas.authority import signing
from schemas.authority.keeping import kept
from schemas.authority.standing import Cap, Delegation, Grant
from schemas.receipts.keys import Signer


def give(connection: Connection, said: Grant, signer: Signer | None) -> int:
    """Keep this person's grant, signed where there is a key; give back its id.

    Raises `NotFound` or `Conflict` if the key is not theirs, and `BadSettings` for what no
    grant may say.
    """
    signed = _signed(connection, said, said.giver, signer)
    return kept_here.give(connection, _written(said), signed)


def delegate(connection: Connection, said: Delegation, signer: Signer | None) -> int:
    """The same of a delegation."""
    signed = _signed(connection, said, said.delegator, signer)
    return kept_here.delegate(connection, _written(said), signed)


def recipient(given: str) -> str:
    """An address, or a domain as `@example.org`, as it is on the wire.

    Raises `BadSettings`.
    """
    try:
        if given.startswith("@"):
            return on_the_wire(f"anybody{given}").removeprefix("anybody")
        return on_the_wire(given)
    except EmailNotValidError as refusal:
        raise BadSettings(f"{given}: {refusal}", hint=_RECIPIENT) from refusal


def sender(given: str) -> str:
    """The address that mails are from, spelled as in a manifest.  Raises `BadSettings`."""
    try:
        return validate_email(given, check_deliverability=False).normalized
    except EmailNotValidError as refusal:
        raise BadSettings(f"{given}: {refusal}", hint="--sender ADDRESS") from refusal


def body(text: str) -> str:
    """The digest of a text, as manifests name it."""
    return sha256_of(as_lines(text).encode())


def cap(most: int | None, currency: str | None) -> Cap | None:
    """The cap on an amount, if both its parts are given.  Raises `BadSettings`."""
    if (most is None) != (currency is None):
        raise BadSettings(
            "an amount has a currency, and a currency an amount",
            hint="--most 100000 --currency EUR is up to 1000 EUR",
        )
    return None if most is None or currency is None else Cap(spelled(currency), most)


_RECIPIENT = "name addresses, or a domain as @example.org: --to"


def _written(said: Grant | Delegation) -> bytes:
    with legible(hint="holdshort grant give --help; holdshort delegate to --help"):
        return said.written()


def _signed(
    connection: Connection, said: Grant | Delegation, person: str, signer: Signer | None
) -> Document | None:
    if signer is None:
        return None
    check_whose(connection, signer.key.name, person)
    with legible(hint="holdshort grant give --help; holdshort delegate to --help"):
        return kept(signing.signed(said, signer), person)
