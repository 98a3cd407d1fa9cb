"""The destinations of a file with their secrets, as a sender holds them."""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from consumers.channels.http.connecting import Way
from consumers.channels.http.destinations import Book, Destination
from consumers.channels.http.guard import Network
from consumers.jsonfile import said_in
from consumers.secretfile import secret_in, webhook_secret_in
from consumers.verifying import verifying
from outbox.addresses import host_of
from outbox.errors import BadSettings

SETTING = "HOLDSHORT_WEBHOOKS"
_HINT = "see docs/WEBHOOKS.md"
_TOKEN = re.compile(r"[!-~]([ -~]*[!-~])?")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A destination with its secrets, as a sender holds it."""

    name: str
    said: Destination
    secret: bytes | None = field(repr=False)
    credential: str | None = field(repr=False)
    way: Way

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be told."""
        whole = self.credential or ""
        return whole, whole.rpartition(" ")[2]


def places_in(file: Path) -> Mapping[str, Place]:
    """Every destination of the file.

    Raises `BadSettings` for it, or a secret beside it, that cannot be used.
    """
    beside = file.resolve().parent
    book = said_in(file, Book, SETTING, _HINT)
    return {name: _place(name, said, beside) for name, said in book.destinations.items()}


def hosts_in(file: Path) -> list[str]:
    """Every host that the file lets be reached, without its secrets."""
    book = said_in(file, Book, SETTING, _HINT)
    return sorted({host_of(one.url) for one in book.destinations.values()})


def place_of(places: Mapping[str, Place], url: str) -> Place | None:
    """The one that names this address most closely; None: it is not to be reached."""
    covering = [one for one in places.values() if one.said.covers(url)]
    return max(covering, key=lambda one: len(one.said.url), default=None)


def _place(name: str, said: Destination, beside: Path) -> Place:
    secret = said.secret_file and webhook_secret_in(beside / said.secret_file, SETTING)
    credential = header_in(beside / said.auth.value_file, SETTING) if said.auth else None
    tls = http_verifying(said.ca_file and beside / said.ca_file)
    way = Way(tls=tls, excepted=networks(said.may_reach))
    return Place(name=name, said=said, secret=secret or None, credential=credential, way=way)


def header_in(file: Path, setting: str) -> str:
    """A secret that can stand in a header.  Raises `BadSettings`."""
    value = secret_in(file, setting)
    if not _TOKEN.fullmatch(value):
        raise BadSettings(f"{setting}: {file} holds what no header can")
    return value


def networks(given: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(map(ipaddress.ip_network, given))


def http_verifying(ca_file: Path | None) -> ssl.SSLContext:
    """A context that verifies, for HTTP/1.1 alone.  Raises `BadSettings`."""
    context = verifying(ca_file)
    context.set_alpn_protocols(["http/1.1"])
    return context
