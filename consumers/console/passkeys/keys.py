"""A person's passkeys: which they have made, and which a root has vouched for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consumers import reviewers
from consumers.console.parts import Parts
from consumers.console.passkeys.place import Place, place_of
from consumers.console.people import Person
from consumers.reviewers import Reviewer
from outbox.authority.challenges import made_by
from outbox.errors import BadSettings, NotAllowed
from outbox.store import Connection
from schemas.authority.holders import of_file
from schemas.authority.passkeys import Passkey
from schemas.receipts.keys import Trust


class Standing(StrEnum):
    """Whether what it signs counts."""

    ENROLLED = "enrolled"
    WAITING = "waits for a root"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One passkey of somebody."""

    name: str
    passkey: Passkey
    standing: Standing
    said: str
    """Who vouches for it until when, or why it counts no longer."""

    @property
    def words(self) -> str:
        """Its standing, as a sentence goes on."""
        return f"is {self.standing}: {self.said}" if self.said else str(self.standing)


def own(connection: Connection, person: str, roots: Trust | None) -> list[Own]:
    """Every passkey of this person, the oldest first.

    Without roots a root's word is believed as the database has it.
    """
    there = {one.name: of_file(one.content) for one in made_by(connection, person)}
    vouched = reviewers.passkeys(connection)
    theirs = [one for one in reviewers.reviewers(connection, roots) if one.person == person]
    there |= {one.key: vouched[one.key] for one in theirs if one.passkey}
    return [
        _standing(key, [one for one in theirs if one.key == name and one.trusted is not False])
        for name, key in there.items()
        if isinstance(key, Passkey)
    ]


def usable(owned: Iterable[Own], place: Place) -> list[Passkey]:
    """Those with which they may sign here now."""
    return [
        one.passkey
        for one in owned
        if one.standing is Standing.ENROLLED and place.takes(one.passkey)
    ]


def by_device(parts: Parts, person: Person, connection: Connection) -> bool:
    """Whether what they approve is signed by their device: they have a passkey that counts
    here, or nothing else on this machine could sign."""
    if parts.approvals != "signed":
        return False
    if parts.signer is None:
        return True
    try:
        place = place_of(parts.origin)
    except BadSettings:
        return False
    return bool(usable(own(connection, person.name, parts.roots), place))


def theirs(owned: Iterable[Own], place: Place, credential: bytes, person: str) -> Passkey:
    """The passkey that has answered, if it is theirs and counts.  Raises `NotAllowed`."""
    for one in owned:
        if one.passkey.credential != credential:
            continue
        if one.standing is not Standing.ENROLLED:
            raise NotAllowed(f"your passkey {one.name} {one.words}", hint=ANOTHER)
        if not place.takes(one.passkey):
            where = ", ".join(one.passkey.origins)
            raise NotAllowed(f"your passkey {one.name} is for {where}", hint=ANOTHER)
        return one.passkey
    raise NotAllowed(f"this passkey is none of {person}'s", hint="use your own: /passkeys")


ANOTHER = "sign with another one, or make one: /passkeys"


def _standing(key: Passkey, enrolments: list[Reviewer]) -> Own:
    if not enrolments:
        return Own(name=key.name, passkey=key, standing=Standing.WAITING, said="")
    last, now = enrolments[-1], dt.datetime.now(dt.UTC)
    standing, said = Standing.ENROLLED, f"by {last.root}"
    if last.not_after is not None:
        said += f" until {last.not_after:%Y-%m-%d %H:%M %Z}"
    if last.revoked is not None:
        standing, said = Standing.REVOKED, last.revoked
    elif last.not_after is not None and last.not_after <= now:
        standing = Standing.OVER
    return Own(name=key.name, passkey=key, standing=standing, said=said)
