"""Wrong uses of the functions with which a console signs people in, as data."""

from __future__ import annotations

KNOCKING = (
    "SELECT * FROM outbox.password",
    "SELECT * FROM outbox.ticket",
    "SELECT outbox.use_ticket(sha256('x'))",
    "SELECT outbox.end_sessions('eve')",
    *(
        f"SELECT outbox.open_session(sha256('x'), {what}, now(), '1 h', {lasts})"
        for what, lasts in (
            ("'', 'once', ''", "'1 h'"),
            ("'eve', 'moon', ''", "'1 h'"),
            ("'eve', 'once', ''", "'32 days'"),
            ("'eve', 'once', ''", "'-1 h'"),
        )
    ),
    "SELECT outbox.open_session('x', 'eve', 'once', '', now(), '1 h', '1 h')",
    "SELECT * FROM outbox.session_of(sha256('x'))",
    "SELECT outbox.see_session(1, true)",
    "SELECT outbox.end_oidc(sha256('x'))",
    "SELECT outbox.give_ticket(sha256('x'), 'ada', '2 hours', 'eve')",
    "SELECT outbox.add_account('eve', 'plain', 'eve')",
)
