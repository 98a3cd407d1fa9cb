"""Wrong uses of the functions with which a console asks people's devices, as data."""

from __future__ import annotations

ASKING = (
    "SELECT outbox.take_challenge(sha256('asked'), 2, 'ada', 'approval')",
    "SELECT outbox.take_challenge(sha256('asked'), 1, 'eve', 'approval')",
    "SELECT outbox.take_challenge(sha256('asked'), 1, 'ada', 'passkey')",
    "SELECT outbox.take_challenge(NULL, NULL, NULL, NULL)",
    "SELECT outbox.ask_device(sha256('asked'), 1, 'eve', 'approval', 'x', '1 minute')",
    "SELECT outbox.ask_device(sha256('x'), 1, 'eve', 'approval', 'x', '1 day')",
    "SELECT outbox.ask_device(sha256('x'), 1, 'eve', 'enrolment', 'x', '1 minute')",
    "SELECT outbox.add_passkey('passkey-1', 'eve', 'x')",
    "SELECT outbox.add_passkey('passkey-2', '', 'x')",
)
