"""The tables of attention, as SQLAlchemy sees them; a part of the picture in `tables`.

Nobody reads them: what may be known of them functions tell.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import INTERVAL

from outbox.tables import MOMENT, always, metadata

seed = Table(
    "seed",
    metadata,
    always("id", BigInteger),
    always("for_tenant", Text),
    Column("producer", Text),
    always("channel", Text),
    always("content", LargeBinary),
    *(always(name, Text) for name in ("flaw", "seeded_by")),
    *(always(name, MOMENT) for name in ("seeded_at", "due_at")),
)
decoy = Table(
    "decoy",
    metadata,
    always("intent", BigInteger),
    *(always(name, Text) for name in ("flaw", "seeded_by")),
    *(always(name, MOMENT) for name in ("seeded_at", "planted_at")),
)
met = Table(
    "met",
    metadata,
    always("decoy", BigInteger),
    *(always(name, Text) for name in ("person", "said")),
    Column("caught", Boolean),
    always("at", MOMENT),
)
look = Table(
    "look",
    metadata,
    always("person", Text),
    always("intent", BigInteger),
    always("version", Integer),
    always("batch", Text),
    always("opened_at", MOMENT),
)
verdict = Table(
    "verdict",
    metadata,
    always("id", BigInteger),
    always("person", Text),
    always("intent", BigInteger),
    always("version", Integer),
    *(always(name, Text) for name in ("said", "batch")),
    Column("took", INTERVAL),
    always("hasty", Boolean),
    always("at", MOMENT),
)
sealed = Table(
    "sealed",
    metadata,
    always("intent", BigInteger),
    always("version", Integer),
    always("digest", Text),
    always("manifest", LargeBinary),
    always("policy", BigInteger),
    always("actor", Text),
    Column("principal", Text),
    always("wrote", Boolean),
    *(Column(name, BigInteger) for name in ("document_id", "delegation_id")),
    *(always(name, MOMENT) for name in ("sealed_at", "held_until", "expires_at")),
)
second_look = Table(
    "second_look",
    metadata,
    always("id", BigInteger),
    always("intent", BigInteger),
    *(always(name, Text) for name in ("first", "second")),
    always("agreed", Boolean),
    always("at", MOMENT),
)
tightening = Table(
    "tightening",
    metadata,
    always("id", BigInteger),
    *(always(name, Text) for name in ("person", "because")),
    *(always(name, MOMENT) for name in ("since", "until")),
)
draw = Table("draw", metadata, always("only_row", Boolean), always("key", LargeBinary))
