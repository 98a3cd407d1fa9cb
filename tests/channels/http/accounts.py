"""An account at a provider whose API is a scripted server."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from consumers.channels import Outcome
from consumers.channels.http.asking import of_mail
from consumers.channels.http.providers.account import Provider, provider_in
from consumers.channels.http.providers.channel import MailApi
from outbox.claim import Claim
from outbox.intent import Email
from outbox.lookups import Stranded
from outbox.results import Evidence
from tests.channels.http.rig import LOOPBACK, NAME, Clock, Rig
from tests.channels.rig import MAIL, SENDER, Permits, approved, claim_of

SECRETS = {"resend": "re_sesame", "postmark": "pm-sesame", "ses": "AKIDSESAME:opensesame"}
HOSTS = {
    "resend": "api.resend.com",
    "postmark": "api.postmarkapp.com",
    "ses": "email.{region}.amazonaws.com",
}
TAKEN: dict[str, Any] = {
    "resend": {"id": "49a3999c"},
    "postmark": {"ErrorCode": 0, "MessageID": "b7bc2f4a", "Message": "OK"},
    "ses": {"MessageId": "010001890"},
}
"""What each says to a mail that it takes."""


def yes(said: Any, status: int = 200) -> bytes:
    body = json.dumps(said).encode()
    return b"HTTP/1.1 %d OK\r\ncontent-length: %d\r\n\r\n%b" % (status, len(body), body)


@dataclass
class Account:
    provider: Provider
    rig: Rig
    permits: Permits = field(default_factory=Permits)
    clock: Clock = field(default_factory=Clock)
    senders: frozenset[str] = frozenset({SENDER})

    def send(self, email: Email = MAIL) -> Outcome:
        return self.hand_in(claim_of(email))

    def hand_in(self, claim: Claim) -> Outcome:
        channel = MailApi(self.provider, self.senders, repeats=self.clock.repeats())
        return channel.send(claim, self.permits)

    def ask(self, named: str | None = None) -> Evidence:
        return of_mail(self.provider)(Stranded(7, approved(MAIL), named))


def account(
    rig: Rig, name: str, folder: Path, change: dict[str, Any] | None = None, **more: Any
) -> Account:
    """The adapter as it comes, but for where it goes: its file is the operator's here."""
    said = resources.files("consumers.channels.http.providers").joinpath(f"{name}.json")
    here = said.read_text("utf-8").replace(HOSTS[name], f"{NAME}:{rig.server.port}")
    adapter = json.loads(here) | (change or {})
    (folder / "own.json").write_text(json.dumps(adapter))
    secret = folder / "secret"
    secret.write_text(SECRETS[name])
    secret.chmod(0o600)
    own = {"provider": "own.json", "secret_file": "secret", "may_reach": list(LOOPBACK)}
    file = folder / "mail.json"
    file.write_text(json.dumps(own | {"values": {"region": "eu-west-1"}} | more))
    return Account(replace(provider_in(file), way=rig.way), rig)


@contextlib.contextmanager
def at(
    serve: Any, folder: Path, name: str, *scripts: Any, change: Any = None, **more: Any
) -> Iterator[Account]:
    with serve(*scripts) as rig:
        yield account(rig, name, folder, change, **more)
