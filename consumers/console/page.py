"""How a page is drawn: its template, and what is on every page.

Nothing that an agent wrote is ever marked as safe: every value is escaped where it is put.
"""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from consumers.console.parts import Here, Look
from consumers.console.people import SignedIn
from outbox import queries
from outbox.errors import HoldshortError
from outbox.screens.fingerprint import fingerprint
from outbox.screens.numbers import MOST, Numbers, numbers

SCREENS = (
    ("review", "r", "in_review"),
    ("approve", "a", "awaiting_approval"),
    ("sending", "s", "sending"),
    ("sent", "e", None),
    ("receipts", "c", None),
    ("agents", "g", None),
    ("calibration", "b", None),
    ("policies", "p", None),
    ("attention", "w", None),
    ("system", "y", None),
)
"""In the order of the navigation, with the letter that goes there after g, and which number
stands beside it; before them all, once there is something, what is stranded: t."""


class Draw:
    """One page: who looks, over which connection; called, it gives the page."""

    def __init__(self, request: Request, parts: Here, look: Look, person: SignedIn) -> None:
        self.request, self.parts, self.look, self.person = request, parts, look, person

    def __call__(
        self, template: str, status: int = HTTPStatus.OK, **values: object
    ) -> HTMLResponse:
        """The page in HTML."""
        waiting = numbers(self.look)
        always = {
            "person": self.person,
            "switch": queries.switch(self.look),
            "numbers": waiting,
            "screens": [(name, key, _number(waiting, of)) for name, key, of in SCREENS],
            "path": self.request.url.path,
            "url": self.request.url.replace(scheme="", netloc="").remove_query_params("done"),
            "stands": fingerprint(self.look),
            # A page that is open asks for what has changed: scripts and dialogs it has.
            "again": "hx-request" in self.request.headers,
        }
        return drawn(self.request, template, status, **always, **values)


Drawing = Annotated[Draw, Depends(Draw)]


def drawn(request: Request, template: str, status: int, **values: object) -> HTMLResponse:
    """A page without what only somebody who is signed in is shown."""
    nonce = request.state.nonce
    now = dt.datetime.now(dt.UTC)
    text = _templates.get_template(template).render(values, nonce=nonce, now=now)
    return HTMLResponse(text, status)


def failure(request: Request, error: HoldshortError, status: int) -> HTMLResponse:
    """What went wrong, why, and what to do next."""
    return drawn(request, "error.html", status, error=error)


def for_a_script(request: Request) -> bool:
    """Whether a script of a page asks, which reads no pages."""
    return request.headers.get("accept") == "application/json"


def told(error: HoldshortError, status: int) -> JSONResponse:
    """The same for a script."""
    return JSONResponse({"error": str(error), "hint": error.hint}, status)


def _number(waiting: Numbers, of: str | None) -> str:
    number = 0 if of is None else getattr(waiting, of)
    return f"{number}+" if number == MOST else str(number or "")


def ago(moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago, or in how long, in one unit."""
    past = now - moment
    if abs(past) < dt.timedelta(seconds=1):
        return "now"
    return f"{span(past)} ago" if past > dt.timedelta(0) else f"in {span(-past)}"


def span(time: dt.timedelta) -> str:
    """How long, in one unit."""
    seconds = int(time.total_seconds())
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def size(number: int) -> str:
    """So many bytes, as people say it."""
    for unit, length in (("MB", 10**6), ("kB", 10**3)):
        if number >= length:
            return f"{number / length:.1f} {unit}"
    return f"{number} bytes"


def words(name: str) -> str:
    """A name of the code as people write it."""
    return name.replace("_", " ")


_templates = Environment(
    loader=PackageLoader("consumers.console"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {"ago": ago, "span": span, "size": size, "words": words}
