"""What a policy asks of one intent: the same as `needs_of` and `lacking` in the database.

A sender of signed approvals asks it of the policy that a root has signed, and of the bytes
in its hand; a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.authority.spelling import folded

if TYPE_CHECKING:  # a stranger who verifies has neither a database nor a model of ours
    from outbox.intent import Amount
    from outbox.policy.document import Policy, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What tiers ask about."""

    channel: str
    tenant: str
    recipients: frozenset[str]
    """In lower case."""
    amount: Amount | None


@dataclass(frozen=True, slots=True)
class Need:
    """So many different people must say yes."""

    approvals: int
    of: frozenset[str] | None = None
    """Whose yes counts, folded; None: anybody's."""


def needs(policy: Policy, facts: Facts) -> tuple[Need, ...]:
    """All that must be met."""
    return (Need(1), *_asked(policy, facts))


def _asked(policy: Policy, facts: Facts) -> Iterator[Need]:
    for tier in policy.tiers:
        if _matches(tier.when, facts):
            members = policy.groups[tier.needs.of] if tier.needs.of is not None else None
            of = None if members is None else frozenset(map(folded, members))
            yield Need(tier.needs.approvals, of)


def _matches(when: When, facts: Facts) -> bool:
    return (
        when.channel in (None, facts.channel)
        and when.tenant in (None, facts.tenant)
        and (when.to is None or any(_fits(when.to, one) for one in facts.recipients))
        and (when.above is None or _is_above(when.above, facts.amount))
    )


def _fits(pattern: str, address: str) -> bool:
    parts = (re.escape(part) for part in pattern.split("*"))
    return re.fullmatch(".*".join(parts), address, re.DOTALL) is not None


def _is_above(limit: Amount, amount: Amount | None) -> bool:
    if amount is None or amount.currency != limit.currency:
        return False
    return amount.value > limit.value
