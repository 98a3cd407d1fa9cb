"""What a person does on a page."""

from __future__ import annotations

import httpx

from outbox.store import Connection
from tests.parts.journey import seen

FORM = {
    "digest": "",
    "because": "other",
    "reason": "enough",
    "outcome": "sent",
    "span": "1 hour",
    "subject": "Hello",
    "to": "eve@example.org",
    "text": "Hello",
}
"""A field for every verb."""


def form(db: Connection, id: int, **change: str) -> dict[str, str]:
    """What a page of this intent would post."""
    return {**FORM, "digest": seen(db, id), **change}


def decide(
    ada: httpx.Client, db: Connection, id: int, verb: str, **form: str
) -> httpx.Response:
    return ada.post(f"/intents/{id}/{verb}", data={"digest": seen(db, id), **form})


def onwards(ada: httpx.Client, answer: httpx.Response) -> httpx.Response:
    """Where somebody ends up."""
    assert answer.status_code == 303
    return ada.get(answer.headers["location"], follow_redirects=True)
