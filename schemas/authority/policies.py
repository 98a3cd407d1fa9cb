"""The policy as a root signs it: for one installation, and in the place of the one before.

It is kept apart from the other documents, since what it says is checked by its own model.
"""

from __future__ import annotations

from dataclasses import dataclass

from outbox.errors import BadSettings
from outbox.policy import document
from outbox.policy.document import Policy
from schemas.authority import spelling
from schemas.receipts import reading
from schemas.receipts.reading import Unreadable

POLICY = "application/vnd.holdshort.policy.v1+json"

_RULING: dict[str, type | tuple[type, ...]] = {"log": str, "revision": int, "policy": dict}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A root's word that this is the policy of this installation, and its revision."""

    log: str
    revision: int
    policy: Policy

    def written(self) -> bytes:
        """What is signed."""
        said = {"log": self.log, "revision": self.revision, "policy": self.policy.as_json()}
        return reading.canonical(said)


def ruling(content: bytes) -> Ruling:
    """The policy in these bytes.  Raises `Unreadable`."""
    found = reading.fields(reading.parsed(content), _RULING, "the policy")
    try:
        policy = document.parse(reading.canonical(found["policy"]))
    except BadSettings as bad:
        raise Unreadable(str(bad)) from None
    read = Ruling(log=found["log"], revision=found["revision"], policy=policy)
    return spelling.exact(read, content)
