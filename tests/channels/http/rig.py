"""What the tests of the channels over HTTPS share: a request, a place, a server."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import ssl
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import trustme

from consumers.channels import Outcome
from consumers.channels.http.connecting import Way
from consumers.channels.http.destinations import Destination
from consumers.channels.http.events import Timeouts
from consumers.channels.http.places import Place, http_verifying, networks
from consumers.channels.http.repeating import Repeats
from consumers.channels.http.webhooks import Webhooks
from outbox.claim import Claim
from outbox.webhook import Webhook
from tests.channels.http.server import Script, ScriptedHttps
from tests.channels.rig import Authority, Permits, claim_of

NAME = "hooks.example.com"
KEY = bytes(range(32))
WHSEC = f"whsec_{base64.b64encode(KEY).decode()}"
TOKEN = "sesame-opens-it"
LOOPBACK = ("127.0.0.1",)
IMPATIENT = dt.timedelta(milliseconds=150)
GENEROUS = Timeouts(
    **dict.fromkeys(("connect", "tls", "request", "answer", "body"), dt.timedelta(seconds=10))
)


@dataclass
class Clock:
    """Waits without waiting."""

    at: float = 0.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds

    def repeats(self) -> Repeats:
        return Repeats(wait=self.wait, now=lambda: self.at)


@dataclass
class Rig:
    """A scripted server, and the destination that it is."""

    server: ScriptedHttps
    way: Way
    said: Mapping[str, Any]
    permits: Permits = field(default_factory=Permits)
    clock: Clock = field(default_factory=Clock)
    held: bool = True

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.server.port}/in/"

    @cached_property
    def place(self) -> Place:
        own = {"url": self.url, "secret_file": "x", "may_reach": list(LOOPBACK)}
        given = {**own, **self.said}
        said = Destination.model_validate(given, strict=False)
        return Place(
            name="crm", said=said, secret=KEY, credential=f"Bearer {TOKEN}", way=self.way
        )

    @property
    def channel(self) -> Webhooks:
        return Webhooks(
            {"crm": self.place}, held=lambda _: self.held, repeats=self.clock.repeats()
        )

    def webhook(self, **other: Any) -> Webhook:
        return Webhook.model_validate({"url": f"{self.url}new", "text": "{}"} | other)

    def send(self, webhook: Webhook | None = None) -> Outcome:
        return self.hand_in(claim_of(webhook or self.webhook()))

    def hand_in(self, claim: Claim) -> Outcome:
        return self.channel.send(claim, self.permits)


class Contexts:
    """TLS contexts of servers, good and bad."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self.good = authority.context(NAME)

    def named(self, name: str) -> ssl.SSLContext:
        yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        match name:
            case "other name":
                return self._authority.context("other.example.com")
            case "expired":
                return self._authority.context(NAME, not_after=yesterday)
            case "other authority":
                return Authority(trustme.CA(), self._authority.file).context(NAME)
            case "old":
                old = self._authority.context(NAME)
                with warnings.catch_warnings(action="ignore"):
                    old.minimum_version = ssl.TLSVersion.TLSv1
                    old.maximum_version = ssl.TLSVersion.TLSv1_1
                    old.set_ciphers("ALL:@SECLEVEL=0")
                return old
            case _:
                return self.good


@contextlib.contextmanager
def serving(
    scripts: Sequence[Script],
    authority: Authority,
    tls: ssl.SSLContext,
    *,
    slow: str = "",
    **said: Any,
) -> Iterator[Rig]:
    timeouts = replace(GENEROUS, **({slow: IMPATIENT} if slow else {}))
    with contextlib.closing(ScriptedHttps(scripts, tls)) as server:
        way = Way(
            tls=http_verifying(authority.file),
            excepted=networks(LOOPBACK),
            timeouts=timeouts,
            resolver=lambda _host, _port: list(LOOPBACK),
        )
        yield Rig(server, way, said)
