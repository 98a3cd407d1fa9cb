"""What a request hides: signs that nobody sees, and names that look like others."""

from __future__ import annotations

from collections.abc import Iterator

from consumers.findings.characters import invisible_in
from consumers.findings.kinds import Finding, Kind, Severity, plainly
from consumers.findings.lookalikes import doubtful_host, mixed_in
from outbox.webhook import Webhook


def of_request(webhook: Webhook) -> Iterator[Finding]:
    """Everything found in it."""
    if why := doubtful_host(webhook.host):
        yield Finding(Kind.LOOKALIKE, "url", f"{plainly(webhook.host)}: {why}", Severity.ALARM)
    yield from invisible_in({"text": webhook.text})
    yield from mixed_in({"text": webhook.text})
