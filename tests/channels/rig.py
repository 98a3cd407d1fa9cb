"""What the tests of the SMTP channel share: a mail, a claim, a permit, a server."""

from __future__ import annotations

import contextlib
import datetime as dt
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import trustme

from consumers.channels import Outcome
from consumers.channels.smtp import Security, Smarthost, Smtp, Timeouts
from outbox.claim import Claim
from outbox.intent import Artifact, Email, canonical, digest_of
from outbox.manifest import MailManifest, manifest_of, read, required
from tests.channels.scripted_smtp import Script, ScriptedSmtp

SENDER = "agent@example.com"
PASSWORD = "correct horse battery"
SECRET = bytes(range(32))
"""Of the intent that `claim_of` claims."""
MAIL = Email(
    sender=SENDER,
    sender_name="The Agent",
    to=("ada@example.org",),
    cc=("grace@example.net",),
    subject="Your invoice",
    text="Dear Ada,\n.\n..hidden dots\nbye\n",
)
GENEROUS = Timeouts(
    **dict.fromkeys(
        [phase.name for phase in fields(Timeouts)],
        dt.timedelta(seconds=10),
    )
)


def claim_of(artifact: Artifact) -> Claim:
    content = canonical(artifact)
    unapproved = Claim(
        log="holdshort/rig",
        id=7,
        version=2,
        key="key-7",
        producer="tests",
        channel=artifact.channel,
        digest=digest_of(content, SECRET),
        content=content,
        secret=SECRET,
        policy=None,
        not_before="2026-11-24T15:00:00.000000Z",
        not_after=None,
        manifest=None,
        limited=None,
        claims=1,
        fence=1,
        lease_expires_at=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1),
        traceparent=None,
        due_at=dt.datetime.now(dt.UTC),
    )
    manifest = manifest_of(unapproved, required(artifact.channel))
    return replace(unapproved, manifest=manifest.written)


def approved(email: Email) -> MailManifest:
    """What was approved, where `claim_of` this mail was."""
    manifest = read(claim_of(email).manifest or b"")
    assert isinstance(manifest, MailManifest)
    return manifest


@dataclass
class Permits:
    """A permit that counts how often it was asked for, and does as it is told."""

    given: Callable[[], None] = lambda: None
    asked: int = 0

    def __call__(self) -> None:
        self.asked += 1
        self.given()


@dataclass(frozen=True)
class Authority:
    """A certificate authority, and where clients find it."""

    ca: trustme.CA
    file: Path

    def context(self, *names: str, not_after: dt.datetime | None = None) -> ssl.SSLContext:
        """A server's TLS context, for these names."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(*names, not_after=not_after).configure_cert(context)
        return context


@dataclass
class Rig:
    """A scripted server, and the channel that is configured for it."""

    server: ScriptedSmtp
    smarthost: Smarthost
    timeouts: Timeouts
    permits: Permits = field(default_factory=Permits)

    def send(self, email: Email = MAIL) -> Outcome:
        return self.hand_in(claim_of(email))

    def hand_in(self, claim: Claim) -> Outcome:
        return Smtp(self.smarthost, timeouts=self.timeouts).send(claim, self.permits)


@contextlib.contextmanager
def serving(
    security: Security,
    tls: ssl.SSLContext,
    ca_file: Path,
    script: Script,
    timeouts: Timeouts = GENEROUS,
) -> Iterator[Rig]:
    with contextlib.closing(ScriptedSmtp(script, security, tls)) as server:
        smarthost = Smarthost(
            host="localhost",
            port=server.port,
            security=security,
            login="agent",
            password=PASSWORD,
            ca_file=ca_file,
            senders=frozenset({SENDER}),
        )
        yield Rig(server, smarthost, timeouts)
