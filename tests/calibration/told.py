"""Decisions that were counted before, as they stand in the database."""

from __future__ import annotations

from outbox.store import Connection


def counted(
    db: Connection,
    hundredth: int,
    approved: int,
    decided: int,
    *,
    ago: int = 20,
    scorer: str = "",
    channel: str = "email",
    tenant: str = "default",
    held: bool = False,
) -> None:
    """So many days ago."""
    confidence = hundredth / 100
    squares = approved * (1 - confidence) ** 2 + (decided - approved) * confidence**2
    db.execute(
        "INSERT INTO outbox.calibration VALUES (date_trunc('day', now(), 'UTC')"
        " - make_interval(days => %s), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            *(ago, tenant, channel, scorer, "1" if scorer else "", held, hundredth),
            *(decided, approved, decided * confidence, squares),
        ),
    )
