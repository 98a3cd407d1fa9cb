"""What people's programs say, and what they are told, in JSON."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from consumers.findings import Finding
from consumers.problems import Problem
from outbox import views
from outbox.desk import Outbound
from outbox.intent import Artifact
from outbox.reasons import Because
from schemas.authority.documents import MOST_ITEMS
from schemas.authority.wire import Signed

DIGEST = "ab" * 32
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$"), Field(examples=[DIGEST])]
Number = Annotated[int, Field(ge=1, lt=2**63, examples=[7])]
Words = Annotated[
    str,
    StringConstraints(pattern=r"^[^\x00]*\S[^\x00]*$", max_length=2000),
    Field(examples=["it is 12 EUR"]),
]
Name = Annotated[str, StringConstraints(pattern=r"^[^\x00]*\S[^\x00]*$", max_length=200)]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Seen(_Said):
    """A decision on what was read."""

    digest: Digest
    """Of its manifest: what you decide on.  If it has changed, nothing is decided."""


class No(Seen):
    """A no, and why."""

    because: Annotated[Because, Field(strict=False)]
    reason: Words
    """For the agent, too."""


class Withdrawal(Seen):
    reason: Words


class Deferral(Seen):
    """Out of sight for a time."""

    until: AwareDatetime
    reason: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2000)] = ""


class Edit(Seen):
    """Another version in place of what was read."""

    artifact: Artifact


class Revocation(Seen):
    """Why an approval counts no longer."""

    reason: Words


class Resolution(Seen):
    """What became of what is stranded."""

    outcome: Literal["sent", "not-sent", "given-up"]
    reason: Words
    """What you saw."""


class Switching(_Said):
    """Where the switch is to stand."""

    outbound: Annotated[Outbound, Field(strict=False, examples=["off"])]


class Read(Seen):
    """An intent, and what was read of it."""

    id: Number


class _Approving(_Said):
    in_place_of: Name | None = None
    """Who has delegated to you; in your own place if it is not said."""


class Leave(_Approving):
    """What is to be approved: each by what was read of it."""

    items: Annotated[list[Read], Field(min_length=1, max_length=MOST_ITEMS)]


class Approvals(Leave):
    """Yes to each of these that is still as it was read."""

    signed: Signed | None = None
    """The document that `prepare` has given for these items, as you have signed it; where
    approvals go by names, it is not needed."""


class Yes(_Approving, Seen):
    """Yes to one attempt to send exactly what was read."""

    signed: Signed | None = None
    """As for several."""


class Looked(BaseModel):
    """One intent: what would leave, and everything that is known of it."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    digest: str | None
    """Of its manifest: a decision names it.  Null: it could never be sent, or was erased."""
    manifest: dict[str, Any] | None
    refusal: str | None
    """Why it could never be sent, or what became of its bytes."""
    findings: tuple[Finding, ...]
    """What it hides from whoever only looks at it."""
    dossier: views.Dossier


class Decided(BaseModel):
    """What was decided, and who has."""

    id: int
    by: str
    decoy: str | None = None
    """What is wrong with it, if it was a decoy: a known-bad item that never leaves, whatever
    was decided.  Null: it was none."""


class Edited(Decided):
    version: int
    digest: str
    """Of its bytes."""


class Approved(Decided):
    missing: int
    """How many more people at least must say yes; 0: it is approved."""


class Change(BaseModel):
    """A field that is not as it was read."""

    field: str
    read: Any
    now: Any


class Moved(Problem):
    """It is not what was read any more: nothing was decided."""

    digest: str
    """What it has now."""
    version: int
    changes: list[Change]
