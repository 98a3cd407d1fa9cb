"""What a policy would have done with what was really decided, before it is put in force."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from outbox.lifecycle import State
from outbox.policy.document import Policy
from outbox.screens.reading import rows

MOST = 10_000
"""Scores are looked at, the newest first."""
EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One version that was routed: what was done, and what would have been."""

    id: int
    version: int
    channel: str
    was: str
    would: str
    """Both `in_review` or `awaiting_approval`."""
    holds: bool
    """A scorer holds it, or one that the policy requires has said nothing."""
    confidence: float | None
    decided: str | None
    """`approved`, `rejected`, `sent_back`, `revoked`; None: nobody has said anything."""
    needed: int | None
    would_need: int | None
    """People, at least; None for a version in whose place is another."""
    tiers: Sequence[int]
    """Those of the policy that it comes under; the first is 1."""

    @property
    def newly(self) -> bool:
        """It would go to review, and went to approval."""
        return self.would == State.IN_REVIEW != self.was

    @property
    def no_longer(self) -> bool:
        """It would go to approval, and went to review."""
        return self.was == State.IN_REVIEW != self.would


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What people have said of some versions, and which they are, for example."""

    versions: int
    decided: dict[str, int]
    undecided: int
    examples: tuple[int, ...]
    """Ids of intents, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would have been otherwise."""

    days: int
    versions: int
    """That were routed in these days, of the last 10,000 scores."""
    reviewed: int
    would_review: int
    would_hold: int
    """Of these, whatever the confidence."""
    newly: Told
    """Those that would go to review, and did not."""
    no_longer: Told
    """Those that would not, and did: what people found in them would have had less scrutiny."""
    more_people: Told
    fewer_people: Told
    tiers: tuple[int, ...]
    """How many come under each tier."""


def preview(connection: Connection, policy: Policy, *, days: int, otherwise: float) -> Preview:
    """What it would have done in the last days; `otherwise` is what the setting calls low."""
    found = [
        Judged(**row)
        for row in rows(
            connection,
            "policy_preview",
            document=Jsonb(policy.as_json()),
            within=dt.timedelta(days=days),
            otherwise=otherwise,
            most=MOST,
        )
    ]
    people = [one for one in found if one.needed is not None and one.would_need is not None]
    matched = Counter(tier for one in found for tier in one.tiers)
    return Preview(
        days=days,
        versions=len(found),
        reviewed=sum(one.was == State.IN_REVIEW for one in found),
        would_review=sum(one.would == State.IN_REVIEW for one in found),
        would_hold=sum(one.holds for one in found),
        newly=_told(one for one in found if one.newly),
        no_longer=_told(one for one in found if one.no_longer),
        more_people=_told(one for one in people if _people(one) > 0),
        fewer_people=_told(one for one in people if _people(one) < 0),
        tiers=tuple(matched[place] for place in range(1, len(policy.tiers) + 1)),
    )


def _people(one: Judged) -> int:
    """How many more it would take."""
    return (one.would_need or 0) - (one.needed or 0)


def _told(some: Iterable[Judged]) -> Told:
    versions = [*some]
    counted = Counter(one.decided for one in versions if one.decided is not None)
    ids = dict.fromkeys(one.id for one in reversed(versions))
    return Told(
        versions=len(versions),
        decided=dict(counted.most_common()),
        undecided=len(versions) - counted.total(),
        examples=tuple(ids)[:EXAMPLES],
    )
