"""What an intent is and what may become of it."""

from __future__ import annotations

from outbox.intent import Amount, Attachment, Email, Intent, Proposal, Webhook
from outbox.submit import submit, submit_async, submit_each

__all__ = [
    "Amount",
    "Attachment",
    "Email",
    "Intent",
    "Proposal",
    "Webhook",
    "submit",
    "submit_async",
    "submit_each",
]
