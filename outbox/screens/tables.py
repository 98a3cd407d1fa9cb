"""What producers and scorers came to, as SQLAlchemy sees it; a part of `outbox.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Double, SmallInteger, Table, Text

from outbox.tables import MOMENT, always, metadata

tally = Table(
    "tally",
    metadata,
    always("hour", MOMENT),
    *(always(name, Text) for name in ("tenant", "producer")),
    *(always(name, BigInteger) for name in ("proposed", "approved", "rejected", "sent_back")),
    *(always(name, BigInteger) for name in ("sent", "stranded")),
)
calibration = Table(
    "calibration",
    metadata,
    always("day", MOMENT),
    *(always(name, Text) for name in ("tenant", "channel", "scorer", "version")),
    always("held", Boolean),
    always("hundredth", SmallInteger),
    *(always(name, BigInteger) for name in ("decided", "approved")),
    *(always(name, Double) for name in ("confidences", "squares")),
)
