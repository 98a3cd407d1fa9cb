"""What producers came to, as SQLAlchemy sees it; a part of the picture in `outbox.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Table, Text

from outbox.tables import MOMENT, always, metadata

tally = Table(
    "tally",
    metadata,
    always("hour", MOMENT),
    *(always(name, Text) for name in ("tenant", "producer")),
    *(always(name, BigInteger) for name in ("proposed", "approved", "rejected", "sent_back")),
    *(always(name, BigInteger) for name in ("sent", "stranded")),
)
