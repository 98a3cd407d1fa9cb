"""What every request must meet and every answer carries, whatever page it is.

A page of another site can make a browser send something here, but it cannot make it say
that it came from here.  What a page shows cannot become a script: scripts carry a nonce,
and nothing else of a page is one.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consumers import problems
from outbox import metrics
from outbox.errors import NotAllowed

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx"
)
_ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # with none at all, a form's origin is `null`
    "X-Content-Type-Options": "nosniff",
}


class Guards:
    """Refuses what comes from elsewhere, and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        self._app = app
        self._origin = origin
        self._host = urlsplit(origin).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._mark(MutableHeaders(scope=message), nonce)
                metrics.answered("console", message["status"])
            await send(message)

        if why := self._refusal(scope["method"], Headers(scope=scope)):
            await _said(scope["path"], why)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Why it is not listened to; empty: it is."""
        if headers.get("host") != self._host:
            return f"this console is at {self._origin}: open it there"
        if method in SAFE:
            return ""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin not in (None, self._origin) or site not in (None, "same-origin"):
            return "this was sent by another site, so it is not done: open the page itself"
        if origin is None and site is None and "cookie" in headers:
            return "this does not say which page it was sent by, so it is not done"
        return ""

    def _mark(self, headers: MutableHeaders, nonce: str) -> None:
        headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce))
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        if self._origin.startswith("https:"):
            headers["Strict-Transport-Security"] = "max-age=31536000"


def _said(path: str, why: str) -> Response:
    """To a person in a line, to a program as it is told everything."""
    if path.startswith("/api/"):
        return problems.of(NotAllowed(why, hint="show a person's token, and no cookie"))
    return PlainTextResponse(f"{why}\n", HTTPStatus.FORBIDDEN)
