"""The three parts together, each started only if nobody brought one along.

Beside them lies what receipts and approvals are signed with: keys, and whom to trust.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.broker import EmbeddedBroker
from deploy.local.logins import logins
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.signing import Signing, made, signing_in
from deploy.local.sink import MailSink
from outbox.cluster import NOWHERE, Cluster
from outbox.errors import DependencyDown
from schemas.groups import GROUPS
from schemas.receipts.keys import trust_file

KEY, TRUST = "attest.pem", "keys.json"
"""The attester's key, and the trust file for it, in the stack's directory."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Where everything is."""

    dsn: str
    """A libpq URI."""
    kafka: str
    """Host and port."""
    smtp: str
    """A smart host's URL, with its login."""
    smtp_ca: Path | None
    """Who vouches for the smart host; None is the system."""
    sink: MailSink | None
    """The embedded mail server, which counts; None if one was brought along."""
    attest_key: Path | None = None
    """The attester's secret key; its trust file lies beside it."""
    signing: Signing | None = None
    """Who may approve; None: approvals go by names."""
    own_server: bool = False
    """Whether the database server is embedded: there, each role has a login of its own."""

    def logins(self, dsn: str) -> dict[str, str]:
        """The DSN of each role for this database, which is migrated.

        On a server that was brought along, logins are for its DBA to make.
        """
        if self.own_server:
            return logins(dsn)
        return {group.name.removeprefix("holdshort_"): dsn for group in GROUPS}

    def environment(self, dsn: str, **others: str) -> dict[str, str]:
        """What a process of the pipeline needs; none of the caller's settings are in it."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("HOLDSHORT_")}
        return {
            **inherited,
            "HOLDSHORT_DSN": dsn,
            "HOLDSHORT_KAFKA": self.kafka,
            "HOLDSHORT_SMTP": self.smtp,
            "HOLDSHORT_SMTP_CA": str(self.smtp_ca or ""),
            "HOLDSHORT_ATTEST_KEY_FILE": str(self.attest_key or ""),
            "HOLDSHORT_APPROVALS": "signed" if self.signing else "named",
            "HOLDSHORT_TRUST": str(self.signing.trust if self.signing else ""),
            **{f"HOLDSHORT_{name.upper()}": value for name, value in others.items()},
        }


@contextmanager
def local_stack(
    directory: Path,
    *,
    dsn: str = "",
    kafka: Cluster = NOWHERE,
    smtp: str = "",
    smtp_ca: Path | None = None,
    tell: Callable[[str], None],
) -> Iterator[Stack]:
    """Start what is missing in `directory`, saying so through `tell`; end it all after.

    Raises `DependencyDown` for a broker that was brought along and does not answer: the
    pipeline would run without its bell, and nobody would know.
    """
    if kafka:
        _look_for(kafka)
    own_server = not dsn
    with ExitStack() as parts:
        if own_server:
            tell("starting PostgreSQL 18 ...")
            dsn = parts.enter_context(EmbeddedPostgres(directory))
        servers = kafka.servers
        if not servers:
            tell("starting a Kafka-compatible broker ...")
            servers = parts.enter_context(EmbeddedBroker(directory)).bootstrap
        sink = None
        if not smtp:
            tell("starting a mail server ...")
            sink = parts.enter_context(MailSink(directory / "mail"))
            smtp, smtp_ca = sink.endpoint.url, sink.endpoint.ca_file
        keys = key_in(directory), signing_in(directory)
        yield Stack(dsn, servers, smtp, smtp_ca, sink, *keys, own_server)


def _look_for(kafka: Cluster) -> None:
    from relay.reaching import look_for  # here: without a broker of one's own, nobody asks

    try:
        look_for(kafka)
    except DependencyDown as missing:
        hint = "start it, or leave --kafka out to use the embedded one"
        raise DependencyDown(f"no Kafka at {kafka.servers}", hint=hint) from missing


def key_in(directory: Path) -> Path:
    """The attester's key in this directory, made if it is not there; whom to trust, too."""
    key, trust = directory / KEY, directory / TRUST
    directory.mkdir(parents=True, exist_ok=True)
    trust.write_text(trust_file(made(key).key), encoding="utf-8")
    return key
