"""Whether what a sender holds is what was approved: made anew, and held against it."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.channels import Channel, Refused
from outbox.claim import Claim
from outbox.errors import BadArtifact, BadManifest
from outbox.manifest import Manifest, differences, manifest_of, read


@dataclass(frozen=True, slots=True)
class Approved:
    """A claim whose bytes, and whose way out, are what the approval says."""

    claim: Claim
    manifest: Manifest


def as_approved(claim: Claim, channel: Channel) -> Approved | Refused:
    """Whether it is all as approved, or why this claim must not leave by this channel.

    The manifest is made from what the claim holds and from how the channel is really set,
    and from nothing that the approval says.
    """
    try:
        held = manifest_of(claim, channel.transport)
        if held.written == claim.manifest:
            return Approved(claim, held)
        other = differences(held, read(claim.manifest or b""))
    except (BadArtifact, BadManifest) as refusal:
        return Refused(f"it is not what was approved: {refusal}")
    return Refused(f"it is not what was approved: other {', '.join(other)}")
