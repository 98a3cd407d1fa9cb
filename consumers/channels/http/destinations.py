"""Where requests may go: a file, read strictly.  What it does not name is not reached.

    {"destinations": {
       "crm": {"url": "https://hooks.crm.example/in/", "secret_file": "crm.whsec"},
       "pay": {"url": "https://api.pay.example/v1/refunds", "headers": ["x-region"],
               "auth": {"header": "authorization", "value_file": "pay.token"},
               "idempotency": {"header": "idempotency-key", "window": "24h"},
               "definite": [409],
               "lookup": {"url": "https://api.pay.example/v1/refunds?key={key}"}}}}

An address that ends in `/` stands for everything below it, any other for itself alone.
Secrets are in files of their own, whose paths begin where this file is: only a sender reads
them, agents never do.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    model_validator,
)

from consumers.channels.http.verdict import NARROWABLE
from outbox.fields import Fields
from outbox.spelling import duration
from outbox.webhook import Url

_OURS = frozenset(
    {"host", "user-agent", "connection", "content-length", "content-type"}
    | {"transfer-encoding", "webhook-id", "webhook-timestamp", "webhook-signature"}
)

HeaderName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,60}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


def _window(given: str) -> str:
    read = duration(given)
    assert isinstance(read, dt.timedelta)
    if read <= dt.timedelta(0):
        raise ValueError("a window lasts longer than nothing")
    return given


def _own(name: str) -> str:
    if name in _OURS:
        raise ValueError(f"{name} is said anyway, and otherwise")
    return name


def _network(given: str) -> str:
    if ipaddress.ip_network(given).prefixlen == 0:
        raise ValueError(f"{given} is everybody")
    return given


OwnHeader = Annotated[HeaderName, AfterValidator(_own)]


class Auth(Fields):
    """A header that says who we are; its value is the line in a file."""

    header: OwnHeader
    value_file: Path


class Idempotency(Fields):
    """What the destination promises: the same key is the same request, for so long."""

    header: OwnHeader
    window: Annotated[str, AfterValidator(_window)]

    @property
    def lasts(self) -> dt.timedelta:
        read = duration(self.window)
        assert isinstance(read, dt.timedelta)
        return read


class Lookup(Fields):
    """Where one may ask what became of a request: {id} is its webhook-id, {key} its key."""

    url: Annotated[str, StringConstraints(pattern=r"^https://[^{}]*\{(id|key)\}[^{}]*$")]


class Destination(Fields):
    """One place, and what may be said to it."""

    url: Url
    methods: Annotated[tuple[str, ...], Field(min_length=1)] = ("POST",)
    headers: tuple[str, ...] = ()
    """Those of the agent's that may go there; others are refused."""
    secret_file: Path | None = None
    """With `whsec_` and base64: it is signed as the Standard Webhooks have it."""
    auth: Auth | None = None
    idempotency: Idempotency | None = None
    definite: tuple[int, ...] = ()
    """Of 409 and 5xx, those that promise that nothing was done."""
    may_reach: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    """Addresses that are not public, and that it may have all the same."""
    ca_file: Path | None = None
    """The only authorities to believe; without it, those of the system."""
    lookup: Lookup | None = None

    @model_validator(mode="after")
    def _says_who_asks(self) -> Destination:
        if self.secret_file is None and self.auth is None:
            raise ValueError("say secret_file or auth: a request says who asks")
        if wrong := sorted({*self.definite} - NARROWABLE):
            raise ValueError(f"definite: {wrong} is not among 409 and 5xx")
        return self

    def covers(self, url: str) -> bool:
        """Whether this address is the one, or below it."""
        return url.startswith(self.url) if self.url.endswith("/") else url == self.url


class Book(Fields):
    """The whole file."""

    destinations: Annotated[dict[Name, Destination], Field(min_length=1)]
