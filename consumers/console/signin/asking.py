"""Asked to sign in: a page leads there, a program is told so."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from consumers.console.parts import parts_of
from consumers.console.people import NotSignedIn
from consumers.console.signin.paths import HOME, local


def ask(request: Request, error: Exception) -> Response:
    """The answer to who is not signed in, or not lately enough."""
    assert isinstance(error, NotSignedIn)
    where = f"/signin?next={quote(_back(request), safe='')}"
    where += "&fresh=true" if error.fresh else ""
    if _is_page(request):
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)
    said = {"error": str(error), "hint": f"sign in at {parts_of(request).origin}/signin"}
    return JSONResponse(said, HTTPStatus.UNAUTHORIZED, {"HX-Redirect": where})


def _is_page(request: Request) -> bool:
    headers = request.headers
    fragment = "hx-request" in headers or request.url.path.startswith("/api/")
    return not fragment and "text/html" in headers.get("accept", "")


def _back(request: Request) -> str:
    """Where to go on afterwards: nothing that was to be done is done then."""
    if request.method == "GET" and _is_page(request):
        query = f"?{request.url.query}" if request.url.query else ""
        return local(request.url.path + query)
    origin = parts_of(request).origin
    page = request.headers.get("hx-current-url") or request.headers.get("referer", "")
    return local(page.removeprefix(origin)) if page.startswith(f"{origin}/") else HOME
