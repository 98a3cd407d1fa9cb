"""A person before a console, with a device of theirs: what the page's script does, by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
from fastapi import Request

from consumers.console.passkeys.wire import spelled, unpadded
from consumers.console.people import Person
from outbox import Intent
from outbox.store import Connection
from schemas.authority.passkeys import Passkey
from tests.parts import journey
from tests.parts.authenticator import Authenticator
from tests.parts.console import console
from tests.parts.logins import logins_of
from tests.parts.reviewers import declared, enrolled, now

JSON = dict[str, Any]
SCRIPT = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


@dataclass(slots=True)
class Desk:
    """One browser: whose it is, in which session, and the device beside it."""

    client: httpx.Client
    device: Authenticator
    person: str = "ada"
    session: int = 1

    @property
    def passkey(self) -> Passkey:
        origin = str(self.client.base_url).rstrip("/")
        return Passkey(self.device.credential, self.device.public, "localhost", (origin,))

    def post(self, path: str, value: object) -> httpx.Response:
        told = {**SCRIPT, "X-Name": self.person, "X-Session": str(self.session)}
        return self.client.post(f"/passkeys{path}", json=value, headers=told)

    def begin(self, *items: JSON, **more: Any) -> httpx.Response:
        return self.post("/approval/begin", {"items": items, **more})

    def answer(self, begun: httpx.Response | JSON) -> JSON:
        """What the device answers to it."""
        value = begun if isinstance(begun, dict) else begun.json()
        said = self.device.answer(unpadded(value["publicKey"]["challenge"]))
        return {
            "credential": spelled(self.device.credential),
            "authenticator_data": spelled(said.authenticator_data),
            "client_data": spelled(said.client_data),
            "signature": spelled(said.signature),
        }

    def finish(self, begun: httpx.Response | JSON) -> httpx.Response:
        return self.post("/approval/finish", self.answer(begun))

    def make(self) -> httpx.Response:
        """A passkey on the device."""
        asked = self.post("/begin", {}).json()["publicKey"]
        client_data, attestation = self.device.attestation(unpadded(asked["challenge"]))
        new = {
            "credential": spelled(self.device.credential),
            "client_data": spelled(client_data),
            "attestation": spelled(attestation),
        }
        return self.post("/finish", new)

    def with_device(self, **change: Any) -> Desk:
        return replace(self, device=replace(self.device, **change))


@contextmanager
def desk(dsn: str, **parts: Any) -> Iterator[Desk]:
    """A console in which approvals are signed, with the login of a console, and ada's desk."""
    login = logins_of(dsn)["console"]
    with (
        console(login, approvals="signed", who=whoever_says_so, **parts) as origin,
        httpx.Client(base_url=origin, timeout=30) as client,
    ):
        yield Desk(client, Authenticator(rp_id="localhost", origin=origin))


def whoever_says_so(request: Request) -> Person | None:
    """Whom a test says to be."""
    name = request.headers.get("x-name")
    session = int(request.headers.get("x-session", "1"))
    return None if name is None else Person(name=name, session=session, fresh_at=now())


def vouched(db: Connection, at: Desk) -> Desk:
    """A root has vouched for the device of who sits there."""
    declared(db, enrolled(at.person, at.passkey))
    return at


def read(db: Connection, intents: Sequence[Intent]) -> list[JSON]:
    """What somebody has read of these."""
    return [{"id": one.id, "digest": journey.seen(db, one.id)} for one in intents]


def states(db: Connection, intents: Sequence[Intent]) -> list[str]:
    return [journey.state_of(db, one.id) for one in intents]
