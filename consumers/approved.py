"""Whether what a sender holds is what was approved: made anew, and held against it."""

from __future__ import annotations

from consumers.channels import Channel, Refused
from outbox.claim import Claim
from outbox.errors import BadArtifact, BadManifest
from outbox.manifest import differences, manifest_of, read


def refused(claim: Claim, channel: Channel) -> Refused | None:
    """Why this claim must not leave by this channel; None if it is all as approved.

    The manifest is made from what the claim holds and from how the channel is really set,
    and from nothing that the approval says.
    """
    try:
        held = manifest_of(claim, channel.transport)
        if held.written == claim.manifest:
            return None
        other = differences(held, read(claim.manifest or b""))
    except (BadArtifact, BadManifest) as refusal:
        return Refused(f"it is not what was approved: {refusal}")
    return Refused(f"it is not what was approved: other {', '.join(other)}")
