"""A scene of the trace context that an agent brings along."""

from __future__ import annotations

from outbox.store import Connection


def a_trace_context_is_in_its_w3c_form_or_not_there(db: Connection) -> None:
    sound, no_trace, no_span = (
        f"00-{a * 32}-{b * 16}-01" for a, b in (("4", "f"), ("0", "f"), ("4", "0"))
    )
    for said in (
        sound,
        f"ff{sound[2:]}",
        no_trace,
        no_span,
        f"{sound} ",
        f" {sound}",
        "x" * 999,
    ):
        proposal = "SELECT outbox.submit(%s, 'p', 'email', '{}', traceparent => %s)"
        db.execute(proposal, [said[:99], said])
    found = db.execute("SELECT traceparent FROM outbox.intent ORDER BY id").fetchall()
    assert found == [(sound,), *[(None,)] * 6]


SCENES = (a_trace_context_is_in_its_w3c_form_or_not_there,)
