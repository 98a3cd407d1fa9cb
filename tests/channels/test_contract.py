"""Each channel keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from consumers.channels import Outcome
from consumers.channels.smtp import Security
from tests.channels.contract import ChannelContract, Peer, Sending, Start
from tests.channels.http.accounts import TAKEN, Account, account, yes
from tests.channels.http.behaviours import NOTHING, OK
from tests.channels.http.rig import NAME, Contexts
from tests.channels.http.rig import Rig as HttpRig
from tests.channels.http.rig import serving as serving_https
from tests.channels.http.server import Greeting, Script
from tests.channels.rig import Authority, Permits, Rig, serving
from tests.channels.scripted_smtp import Act, Then


@dataclass
class _Sending:
    rig: Rig | HttpRig | Account
    got: list[bytes]

    @property
    def permits(self) -> Permits:
        return self.rig.permits

    @permits.setter
    def permits(self, permits: Permits) -> None:
        self.rig.permits = permits

    def send(self) -> Outcome:
        return self.rig.send()

    @property
    def delivered(self) -> int:
        return len(self.got)


def script(peer: Peer, taken: bytes) -> Script:
    """How a server of HTTPS behaves so."""
    says = {
        Peer.WELL: taken,
        Peer.DEFINITE: b"HTTP/1.1 422 No\r\n" + NOTHING,
        Peer.DOUBTFUL: b"HTTP/1.1 500 Perhaps\r\n" + NOTHING,
    }
    greeting = Greeting.CLOSE if peer is Peer.GONE else Greeting.TLS
    return Script(greeting=greeting, says=says.get(peer, b""))


@contextmanager
def https(authority: Authority, peer: Peer, taken: bytes) -> Iterator[HttpRig]:
    contexts = Contexts(authority)
    tls = contexts.named("other authority" if peer is Peer.UNTRUSTED else "good")
    with serving_https([script(peer, taken)], authority, tls) as rig:
        yield rig


class TestWebhook(ChannelContract):
    """A request keeps it."""

    @pytest.fixture
    def start(self, authority: Authority) -> Start:
        @contextmanager
        def started(peer: Peer) -> Iterator[Sending]:
            with https(authority, peer, OK + NOTHING) as rig:
                yield _Sending(rig, rig.server.requests)

        return started


class TestMailApi(ChannelContract):
    """Mail by a provider's API keeps it, whichever the provider."""

    @pytest.fixture(params=[name for name in TAKEN if name != "resend"])
    def start(
        self, authority: Authority, tmp_path: Path, request: pytest.FixtureRequest
    ) -> Start:
        @contextmanager
        def started(peer: Peer) -> Iterator[Sending]:
            with https(authority, peer, yes(TAKEN[request.param])) as rig:
                yield _Sending(account(rig, request.param, tmp_path), rig.server.requests)

        return started


class TestSmtp(ChannelContract):
    """Mail by a smart host keeps it."""

    @pytest.fixture(params=list(Security))
    def start(self, authority: Authority, request: pytest.FixtureRequest) -> Start:
        acts = {
            Peer.GONE: {"connect": Act(then=Then.CLOSE)},
            Peer.SILENT: {"dot": Act(then=Then.CLOSE)},
            Peer.DEFINITE: {"dot": Act(b"550 no\r\n")},
            Peer.DOUBTFUL: {"dot": Act(b"354 go on\r\n")},
        }

        @contextmanager
        def started(peer: Peer) -> Iterator[Sending]:
            name = NAME if peer is Peer.UNTRUSTED else "localhost"
            tls = authority.context(name)
            with serving(request.param, tls, authority.file, acts.get(peer, {})) as rig:
                yield _Sending(rig, rig.server.mails)

        return started
