"""Measure on embedded parts what an intent takes."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consumers.attesting import Attester
from consumers.checkpoints import Checkpoints
from deploy.bench import telling
from deploy.bench.flat.line import Clock
from deploy.bench.frame import Place
from deploy.bench.installation import Installation, installed
from deploy.bench.queues import refreshed
from deploy.bench.running import SERVER, quietly
from deploy.local.postgres import EmbeddedPostgres
from deploy.planning.inputs import Inputs
from deploy.planning.rounds import Rounds
from outbox.receiptlog import ReceiptLog
from outbox.store import Connection, call, connect
from schemas.receipts.keys import Signer

ITEMS, SMALL, LARGE, TIMES = 2_000, 5, 100, 20
RELAY = 61_531.0
"""Events a second: the median of goal 3 in docs/SPEED.md."""
QUEUES = ("unpublished", "unattested")
"""They are of what is on its way; nothing of them stays."""
FENCE = dt.timedelta(seconds=30)
_SIZES = """
    SELECT relname::text, (pg_total_relation_size(pg_class.oid) + coalesce((
               SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits
                WHERE inhparent = pg_class.oid), 0))::float
      FROM pg_class WHERE relnamespace = 'outbox'::regnamespace
       AND relkind IN ('r', 'p') AND NOT relispartition"""


class Works:
    """An installation on which rounds are taken, and what they have taken."""

    def __init__(self, installation: Installation, owner: Connection) -> None:
        self.rounds = Rounds(installation.logins)
        self.owner = owner
        signer = Signer(Ed25519PrivateKey.generate())
        self._attester = Attester(ReceiptLog(owner), signer, Checkpoints(None))

    def attest(self) -> float:
        """Put all receipts into the log; give back how many seconds that took."""
        begun = time.monotonic()
        while self._attester.look():
            pass
        return time.monotonic() - begun

    def publish(self) -> None:
        """Take all events off the queue, as a relay does once Kafka has them."""
        while True:
            with self.owner.transaction():
                named = {"shards": 8, "per_shard": 256, "fence": FENCE}
                rows = call(self.owner, "claim_unpublished", **named).fetchall()
                intents, seqs = [row[1] for row in rows], [row[0] for row in rows]
                call(self.owner, "take_off", intents=intents, seqs=seqs)
            if not rows:
                return

    def spent(self, items: int, many: int) -> dict[str, float]:
        """Take so many through, `many` at a time; give what one of them took and left."""
        refreshed(self.owner)
        before, at = self._sizes(), self._log()
        clock, own = Clock(), time.process_time()
        took = [self.rounds.take(many, clock) for _ in range(items // many)]
        client = time.process_time() - own
        attest = self.attest()
        self.publish()
        left = {f"bytes {table}": size - before[table] for table, size in self._sizes().items()}
        figures = {
            **left,
            "server": sum(clock.seconds.values()) - client,
            "client": client,
            "took": sum(took),
            "attest": attest,
            "wal": self._log() - at,
        }
        return {name: figure / items for name, figure in figures.items()}

    def took(self, many: int) -> list[float]:
        """How long rounds of so many take, by the clock; nothing of them is left waiting."""
        took = [self.rounds.take(many, Clock()) for _ in range(TIMES)]
        self.attest()
        self.publish()
        return took

    def _sizes(self) -> dict[str, float]:
        return {name: size for name, size in self.owner.execute(_SIZES) if name not in QUEUES}

    def _log(self) -> float:
        lsn = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float"
        [(at,)] = self.owner.execute(lsn).fetchall()
        return float(at)


@contextmanager
def works() -> Iterator[Works]:
    """On a server of its own, warm."""
    with TemporaryDirectory(prefix="holdshort-plan-") as directory, quietly():
        room = Path(directory)
        room.chmod(0o711)  # a database server started by root runs as somebody else
        with (
            EmbeddedPostgres(room / "postgres", settings=SERVER) as server,
            installed(Place(server=server, room=room, short=True)) as ours,
            connect(ours.dsn, application="plan") as owner,
        ):
            found = Works(ours, owner)
            with found.rounds:
                found.spent(10 * LARGE, LARGE)
                yield found


def rounds_of(
    small: Sequence[float], large: Sequence[float]
) -> tuple[float, float, tuple[float, ...]]:
    """What a round and each of it take, and the spread, of small and of large rounds."""
    low, high = statistics.median(small), statistics.median(large)
    each = max(0.0, high - low) / (LARGE - SMALL)
    begin = max(0.0, low - each * SMALL)
    spread = [took / low for took in small] + [took / high for took in large]
    return begin, each, tuple(sorted(spread))


def measured(at: Works) -> Inputs:
    """What one intent takes here."""
    one = at.spent(ITEMS, LARGE)
    begin, each, spread = rounds_of(at.took(SMALL), at.took(LARGE))
    version = at.owner.info.parameter_status("server_version") or ""
    facts = telling.facts(TIMES, short=True, server=version)
    counts = "SELECT (SELECT count(*) FROM outbox.{0}) / count(*)::float FROM outbox.intent"
    [(events,)] = at.owner.execute(counts.format("event").encode()).fetchall()
    [(receipts,)] = at.owner.execute(counts.format("receipt").encode()).fetchall()
    return Inputs(
        facts={name: facts[name] for name in ("date", "versions", "machine", "load before")},
        server=one["server"],
        client=one["client"],
        attest=one["attest"],
        begin=begin,
        each=each,
        spread=spread,
        bytes={
            name.removeprefix("bytes "): size
            for name, size in one.items()
            if name.startswith("bytes ") and size > 1
        },
        wal=one["wal"],
        events=float(events),
        receipts=float(receipts),
        relay=RELAY,
    )
