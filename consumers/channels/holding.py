"""What a channel holds in its hands, before anything is made of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from consumers.channels.trail import Trail
from outbox.claim import Claim
from outbox.errors import BadManifest
from outbox.intent import digest_of
from outbox.manifest import MailManifest, RequestManifest, read

Kind = TypeVar("Kind", MailManifest, RequestManifest)
Phase = TypeVar("Phase", bound=StrEnum)


def approved_in(claim: Claim, kind: type[Kind], what: str, trail: Trail[Phase]) -> Kind:
    """What was approved, of bytes that are those which their digest names.

    Raises `BadManifest` for other bytes, for no manifest, and for one of another kind.
    """
    if digest_of(claim.content, claim.secret) != claim.digest:
        raise BadManifest("the bytes are not those that the digest names")
    trail.passed("digest")
    approved = read(claim.manifest or b"")
    if not isinstance(approved, kind):
        raise BadManifest(f"what was approved is no {what}")
    return approved
