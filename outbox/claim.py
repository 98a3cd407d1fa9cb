"""A claim: an intent in hand, under a lease, with its fence."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from outbox.errors import BadArtifact
from outbox.intent import Artifact, parse_artifact


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How one consumer claims its share of the lifecycle."""

    claim: str
    """The function of the database that claims for it."""
    only_where_armed: bool
    lease: dt.timedelta
    batch: int


SCORE = Stage(
    claim="claim_to_score",
    only_where_armed=False,
    lease=dt.timedelta(minutes=1),
    batch=20,  # the slowest mails we know take seconds each: a batch must fit its lease
)
SEND = Stage(
    claim="claim_to_send",
    only_where_armed=True,
    lease=dt.timedelta(seconds=15),  # short, and renewed: a dead sender is noticed soon
    batch=1,  # never lease more than can start now
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A leased intent.  Holding one means: nobody else may act on it until the deadline."""

    id: int
    key: str
    channel: str
    version: int
    digest: str
    content: bytes
    claims: int
    """How often it was claimed since it last moved on."""
    fence: int
    lease_expires_at: dt.datetime
    """By the database clock."""
    traceparent: str | None

    def artifact(self) -> Artifact:
        """The typed fields.  Raises `BadArtifact` if foreign hands wrote the bytes.

        So it does for recipients that are spelled otherwise than they are sent: the limits
        of the database are kept by what is written.
        """
        artifact = parse_artifact(self.content)
        written = json.loads(self.content)
        if (*written["to"], *written.get("cc", ())) != artifact.recipients:
            raise BadArtifact(
                f"to, cc: write the recipients as they are sent: {artifact.recipients}"
            )
        return artifact
