"""What this installation takes for an approval, as its settings say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outbox.errors import BadSettings
from outbox.settings import Settings
from outbox.store import Connection

if TYPE_CHECKING:
    from consumers.authority import Authority
    from schemas.receipts.keys import Signer, Trust

_HINT = (
    "make a root key: holdshort key create root.pem > root.json; then set"
    " HOLDSHORT_TRUST=root.json; or let names count: HOLDSHORT_APPROVALS=named"
)


def authority_of(settings: Settings) -> Callable[[Connection], Authority]:
    """What a sender asks before its permit, over its connection.  Raises `BadSettings`."""
    # Here, since only a sender believes signatures, and every start pays for its imports.
    from consumers.authority import BySignature, by_name
    from consumers.rulings import Rulings

    if settings.approvals == "named":
        return lambda _: by_name
    roots = roots_of(settings)
    rulings = Rulings(roots, at_least=settings.policy_at_least)
    return lambda connection: BySignature(connection, roots, rulings)


def signer_of(settings: Settings) -> Signer | None:
    """The key with which a person approves; None where names count and there is none.

    Raises `BadSettings`.
    """
    from consumers import keyfile

    if settings.key_file is not None:
        return keyfile.load(settings.key_file, "HOLDSHORT_KEY_FILE")
    if settings.approvals == "named":
        return None
    raise BadSettings(
        "approvals are signed here, and there is no key to sign with",
        hint="say --key FILE, or set HOLDSHORT_KEY_FILE; a new one: holdshort key create FILE;"
        " or let names count: HOLDSHORT_APPROVALS=named",
    )


def roots_of(settings: Settings) -> Trust:
    """The root keys that are believed.  Raises `BadSettings` if there are none."""
    from schemas.receipts import keys
    from schemas.receipts.reading import Unreadable

    if settings.trust is None:
        raise BadSettings(
            "HOLDSHORT_TRUST is not set: nobody could tell whose signatures to believe",
            hint=_HINT,
        )
    try:
        roots = keys.trusted(settings.trust.read_bytes())
    except OSError as error:
        why = f"{settings.trust} cannot be read: {type(error).__name__}"
        raise BadSettings(f"HOLDSHORT_TRUST: {why}", hint=_HINT) from None
    except Unreadable as bad:
        raise BadSettings(f"HOLDSHORT_TRUST: {settings.trust}: {bad}", hint=_HINT) from None
    if not roots:
        raise BadSettings(f"HOLDSHORT_TRUST: {settings.trust} names no key", hint=_HINT)
    return roots
