"""What a policy may say, strictly: a word that nobody knows is refused.

    {"sole_operator": false,
     "groups": {"finance": ["ada", "bob"]},
     "tiers": [{"when": {"to": "*@bank.example",
                         "above": {"value": 100000, "currency": "EUR"}},
                "needs": {"approvals": 2, "of": "finance"},
                "within": {"remind": "4h", "escalate": "1d", "to": ["carol"]}}],
     "scoring": {"combine": "least", "required": ["rules"], "review_below": 0.7}}

`attention` asks people to look before they say yes: see `outbox.policy.attention`.

Whatever it says, one person who has no hand in the bytes must say yes: only `sole_operator`
lets somebody approve what they have proposed or edited themselves.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError, model_validator

from outbox.errors import BadSettings
from outbox.fields import Fields, first_refused
from outbox.intent import Amount
from outbox.policy.attention import Attention, Span
from outbox.policy.scoring import Scoring
from outbox.policy.shapes import MOST, Name

Pattern = Annotated[
    str, StringConstraints(pattern=r"^[^\sA-Z]*@[^\sA-Z]+$", max_length=320, strict=True)
]
"""An address in lower case, where `*` stands for anything: `*@bank.example`."""


def folded(name: str) -> str:
    """A name without what two spellings of one person differ in, as the database has it."""
    return name.strip().lower()


class When(Fields):
    """What a tier is for: all that it names must be so; it is for everything without."""

    channel: Name | None = None
    tenant: Name | None = None
    to: Pattern | None = None
    """One recipient at least fits."""
    above: Amount | None = None
    """More than that value of this currency."""


class Needs(Fields):
    """How many different people must say yes, and of which group."""

    approvals: Annotated[int, Field(ge=1, le=MOST)]
    of: Name | None = None
    """None: anybody."""


class Within(Fields):
    """How long it may wait for a person before somebody hears of it.  It only ever waits."""

    remind: Span | None = None
    escalate: Span | None = None
    to: Annotated[tuple[Name, ...], Field(max_length=MOST, strict=False)] = ()
    """Who hears of it then: names for whoever notifies."""

    @model_validator(mode="after")
    def _says_when(self) -> Within:
        if self.remind is None and self.escalate is None:
            raise ValueError("it says neither when to remind nor when to escalate")
        if (self.escalate is not None) != bool(self.to):
            raise ValueError("escalate and to go together")
        return self


class Tier(Fields):
    """What some of what leaves needs."""

    when: When = When()
    needs: Needs = Needs(approvals=1)
    within: Within | None = None


class Policy(Fields):
    """Of everything that matches, all must be met."""

    sole_operator: bool
    """Whether one may approve what one has proposed or edited oneself."""
    groups: Annotated[
        dict[
            Name,
            Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST, strict=False)],
        ],
        Field(max_length=MOST),
    ] = Field(default={})
    tiers: Annotated[tuple[Tier, ...], Field(max_length=MOST, strict=False)] = ()
    scoring: Scoring | None = None
    """None: the least of all scores counts, and the setting says what is low."""
    attention: Attention | None = None
    """None: nothing is asked of it, and nothing of it is noted."""

    @model_validator(mode="after")
    def _has_somebody_for_a_second_look(self) -> Policy:
        asked = self.attention
        if self.sole_operator and asked and (asked.second or asked.tighten):
            raise ValueError("a sole operator has nobody for a second look")
        return self

    @model_validator(mode="after")
    def _can_be_met(self) -> Policy:
        for name, members in self.groups.items():
            twice = [one for one, times in Counter(map(folded, members)).items() if times > 1]
            if twice:
                raise ValueError(f"the group {name} names {twice[0]} twice")
        for tier in self.tiers:
            needs = tier.needs
            if needs.of is None:
                continue
            if needs.of not in self.groups:
                raise ValueError(
                    f"a tier needs approvals of {needs.of}, which is no group here"
                )
            if needs.approvals > len(self.groups[needs.of]):
                raise ValueError(f"a tier needs {needs.approvals} of {needs.of}, who are fewer")
        return self

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it, and as it is signed: what is not said is not there."""
        return self.model_dump(mode="json", exclude_none=True)


FIRST = Policy(sole_operator=False)
"""What a fresh installation begins with: one yes, by somebody else."""


def parse(content: bytes | str) -> Policy:
    """The policy in this JSON.  Raises `BadSettings`, naming the first bad field."""
    try:
        return Policy.model_validate_json(content)
    except ValidationError as refusal:
        where, why = first_refused(refusal)
        raise BadSettings(
            f"{where or 'the policy'}: {why.removeprefix('Value error, ')}",
            hint="nothing has changed; see one that is in force: holdshort policy show --json",
        ) from None
