"""What an agent may propose to say to a program: a request over HTTPS.

It names where to, and what is said.  It names no credential: who we are is the sender's to
say, and headers that could say it, or change what the request means, are not taken.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Base64Bytes, Field, StringConstraints, model_validator

from outbox.addresses import host_of
from outbox.fields import Fields, MediaType, OneLine, Priced, Text

LONGEST_URL = 1000
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_URL = re.compile(
    rf"https://(?P<host>(?:{_LABEL}\.)*[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?)"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?(?P<path>/[!$&'()*+,;=:@/0-9A-Za-z._~%-]*)"
    r"(?:\?[!$&'()*+,;=:@/?0-9A-Za-z._~%-]*)?",
    re.ASCII,
)
"""No login, no fragment, no address in place of a name: its last label begins with a letter."""
_NOT_HEX = re.compile(r"%(?![0-9A-F]{2})")
_CHANGES_ITS_PATH = re.compile(r"(?:^|/)\.{1,2}(?:/|$)|//|%(?:2E|2F|5C|00)")
_JSON = re.compile(r"application/(?:[a-z0-9.+-]+\+)?json")
_WHO_OR_HOW = re.compile(
    r"x-(?:forwarded|real|original|rewrite|http|amz|auth|api|access|csrf|xsrf|goog).*"
    r"|x-.*(?:token|secret|key|password|signature|session|credential).*"
)
"""Headers by which somebody could say who asks, or ask for something else."""


def _url(given: str) -> str:
    read = _URL.fullmatch(given)
    if read is None or len(read["host"]) > 253 or int(read["port"] or 1) > 65535:
        raise ValueError(
            "not like https://host.example/path: https, a name in lower case, no login, no #"
        )
    if read["port"] == "443":
        raise ValueError("443 is the port of https: leave it out")
    if _NOT_HEX.search(given) or _CHANGES_ITS_PATH.search(read["path"]):
        raise ValueError("its path is not in its one spelling")
    return given


def _name(given: str) -> str:
    if _WHO_OR_HOW.fullmatch(given):
        raise ValueError("who asks, and what for, is not said by a header of the agent's")
    return given


Url = Annotated[str, StringConstraints(max_length=LONGEST_URL), AfterValidator(_url)]


class Header(Fields):
    """A header of the agent's; the destination must allow it by name, too."""

    name: Annotated[
        str, StringConstraints(pattern=r"^x-[a-z0-9-]{1,60}$"), AfterValidator(_name)
    ]
    value: Annotated[
        OneLine, StringConstraints(pattern=r"^[!-~]([ -~]*[!-~])?$", max_length=500)
    ]


class Webhook(Fields):
    """A request, as the program that it is for gets it."""

    channel: Literal["webhook"] = "webhook"
    url: Url
    method: Literal["POST", "PUT", "PATCH", "DELETE"] = "POST"
    media_type: MediaType = "application/json"
    text: Text = ""
    """The body, if it is text: its UTF-8 bytes leave as they are."""
    content: Base64Bytes = b""
    """The body, if it is no text."""
    headers: Annotated[tuple[Header, ...], Field(max_length=10, strict=False)] = ()
    amount: Priced = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Webhook:
        if self.text and self.content:
            raise ValueError("a body is text or content, not both")
        if len({one.name for one in self.headers}) != len(self.headers):
            raise ValueError("a header is named twice")
        if self.body and _JSON.fullmatch(self.media_type):
            _read(self.body)
        return self

    @property
    def body(self) -> bytes:
        """The very bytes of the body."""
        return self.text.encode() or self.content

    @property
    def recipients(self) -> tuple[str, ...]:
        """Where it goes: the limits count it, and its host."""
        return (self.url,)

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return f"{self.method} {self.url}"


def _read(body: bytes) -> None:
    """Raises `ValueError` for JSON that two readers could take for two things."""
    try:
        json.loads(body.decode(), object_pairs_hook=_unique, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("its JSON is too deep") from None
    except ValueError as wrong:
        raise ValueError(f"its body is no JSON: {wrong}") from None


def _unique(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name comes twice in one object")


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")
