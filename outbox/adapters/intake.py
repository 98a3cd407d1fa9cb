"""Reach Holdshort over HTTP: the intake, with an agent's token.

No redirect is followed and no proxy is asked, so the token goes where it was meant to go,
and beyond this machine only under TLS, to a verified name.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import ssl
from contextlib import closing, nullcontext
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import SplitResult, urlencode, urlsplit

from pydantic import TypeAdapter

from outbox.adapters.ways import Way
from outbox.agents import Edited, Told
from outbox.errors import (
    BadArtifact,
    BadSettings,
    Conflict,
    DependencyDown,
    HoldshortError,
    IllegalMove,
    NotFound,
)
from outbox.intent import Artifact, Proposal, canonical
from outbox.tokens import TokenUnknown

SECONDS = 30
"""How long an answer may take."""
_LONGEST_ANSWER = 2**22
_ERRORS: dict[int, type[HoldshortError]] = {
    401: TokenUnknown,
    404: NotFound,
    409: Conflict,
    412: Edited,
    413: BadArtifact,
    422: BadArtifact,
    503: DependencyDown,
}

_KINDS = {"urn:holdshort:illegal-move": IllegalMove}
"""Where the status alone does not tell."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """An intent, as the intake says it."""

    id: int
    key: str
    state: str
    version: int
    digest: str


_ONE = TypeAdapter(_Answered)
_ALL = TypeAdapter(list[_Answered])
_TOLD = TypeAdapter(list[Told])


def by_intake(url: str, token: str) -> Way:
    """The intake at `url`.  Raises `BadSettings` if the token would go out unprotected."""
    at = urlsplit(url)
    if at.scheme not in ("http", "https") or not at.hostname or at.query or at.fragment:
        raise BadSettings("the intake is at an address like https://intake.example.com")
    if at.scheme == "http" and not _is_here(at.hostname):
        raise BadSettings("a token goes over plain HTTP to this machine alone: use https://")
    intake = Intake(at, token)
    return lambda: nullcontext(intake)


class Intake:
    """One agent at the intake; each act is one request."""

    def __init__(self, at: SplitResult, token: str) -> None:
        self._at = at
        self._token = token

    def propose(self, proposal: Proposal) -> tuple[_Answered, bool]:
        times = {"not_before": proposal.not_before, "not_after": proposal.not_after}
        said = {
            "key": proposal.key,
            "artifact": json.loads(canonical(proposal.artifact)),
            **{name: time.isoformat() for name, time in times.items() if time},
        }
        trace = {"traceparent": proposal.traceparent} if proposal.traceparent else {}
        status, found = self._ask("POST", "", said, trace)
        return _ONE.validate_python(found), status == http.client.CREATED

    def page(self, *, before: int | None, size: int) -> tuple[list[_Answered], int | None]:
        asked = {"size": size} if before is None else {"size": size, "before": before}
        _, found = self._ask("GET", f"?{urlencode(asked)}")
        return _ALL.validate_python(found["intents"]), found["before"]

    def look(self, id: int) -> tuple[_Answered, list[Told]]:
        _, found = self._ask("GET", f"/{id}")
        return _ONE.validate_python(found["intent"]), _TOLD.validate_python(found["receipts"])

    def edit(self, id: int, artifact: Artifact, *, digest: str) -> _Answered:
        said = {"artifact": json.loads(canonical(artifact))}
        return _ONE.validate_python(self._ask("PUT", f"/{id}", said, {"If-Match": digest})[1])

    def withdraw(self, id: int, *, reason: str) -> _Answered:
        return _ONE.validate_python(self._ask("POST", f"/{id}/withdraw", {"reason": reason})[1])

    def _ask(
        self,
        method: Literal["GET", "POST", "PUT"],
        path: str,
        said: object = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        head = {"Authorization": f"Bearer {self._token}", **(headers or {})}
        if said is not None:
            head["Content-Type"] = "application/json"
        body = None if said is None else json.dumps(said)
        where = f"{self._at.path.rstrip('/')}/v1/intents{path}"
        try:
            with closing(self._connection()) as connection:
                connection.request(method, where, body, head)
                with connection.getresponse() as answer:
                    text = answer.read(_LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise DependencyDown(f"no answer from the intake: {error}") from error
        return answer.status, _read(answer.status, text)

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._at.hostname or "", self._at.port
        if self._at.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=SECONDS)
        verified = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=verified)


def _read(status: int, text: bytes) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        raise DependencyDown(
            f"no intake answers there, but something that says {status}"
        ) from None
    if status in (http.client.OK, http.client.CREATED):
        return found
    kind = _KINDS.get(found.get("type")) or _ERRORS.get(status, HoldshortError)
    raise kind(str(found.get("detail", status)))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
