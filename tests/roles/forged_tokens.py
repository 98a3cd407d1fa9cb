"""Wrong uses of the functions about tokens, as in `forgeries`."""

from __future__ import annotations

TOKENS = {
    "agent": (
        "SELECT * FROM outbox.admit(NULL)",
        "SELECT * FROM outbox.admit(sha256('x'))",
        "SELECT * FROM outbox.proposed(sha256('x'), 1, 99, 99)",
        "SELECT * FROM outbox.hold_proposed(sha256('x'), :proposed)",
        "SELECT * FROM outbox.told(NULL, :approved)",
    ),
    "console": (
        "SELECT * FROM outbox.admit_person(NULL)",
        "SELECT * FROM outbox.admit_person(sha256('x'))",
        "SET row_security = off; SELECT * FROM outbox.admit_person(sha256('x'))",
        "CREATE TEMP TABLE token (id int); SELECT * FROM outbox.admit_person(sha256('x'))",
    ),
    "operator": (
        "SELECT outbox.make_token('x', 'agent', 'eve', 'ours', '1 day', 'eve')",
        "SELECT outbox.make_token(sha256('x'), 'agent', 'eve', NULL, '1 day', 'eve')",
        "SELECT outbox.make_token(sha256('x'), 'person', 'eve', NULL, '10 years', 'eve')",
        "SELECT outbox.make_token(sha256('x'), 'person', 'ada', NULL, '1 day', '')",
        "SELECT * FROM outbox.revoke_token(99, 'eve')",
    ),
}
