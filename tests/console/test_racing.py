"""Two people decide on one intent: one does, the other is told who did, and what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import httpx
import pytest

from outbox.store import Connection
from tests.parts import journey
from tests.parts.console import console, somebody

AT_ONCE = 20


@pytest.fixture
def crowd(dsn: str) -> Iterator[str]:
    """A console at which everybody who asks is somebody else."""
    numbers = count(1)
    with console(dsn, who=lambda _: somebody(f"person-{next(numbers)}")) as origin:
        yield origin


def test_of_twenty_who_approve_or_reject_at_once_exactly_one_does(
    crowd: str, db: Connection
) -> None:
    intent = journey.awaiting(db)
    form = {"digest": journey.seen(db, intent.id), "because": "other", "reason": "enough"}
    verbs = ["approve", "reject"] * (AT_ONCE // 2)

    def post(verb: str) -> httpx.Response:
        return httpx.post(f"{crowd}/intents/{intent.id}/{verb}", data=form, timeout=60)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(post, verbs))

    counted = Counter(answer.status_code for answer in answers)
    decided = journey.state_of(db, intent.id)
    assert counted == {303: 1, 409: AT_ONCE - 1}
    assert decided in {"approved", "rejected"}
    kinds = [
        kind for kind in journey.kinds_of(db, intent.id) if kind in {"approved", "rejected"}
    ]
    assert kinds == [decided]
    told = [answer.text for answer in answers if answer.status_code == 409]
    assert all(f"{decided} by <b>person-" in text for text in told)
