"""How much of everything so many intents a month take."""

from __future__ import annotations

import math
from dataclasses import dataclass

from deploy.planning.inputs import Inputs

MONTH = 30.4 * 86_400
"""Seconds."""
WORKED = 21 * 6.5 * 3600
"""Seconds that a person reviews in a month."""
LEAVING = "event"
"""The table whose old partitions leave the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be kept up, and with what."""

    month: float
    """Intents a month."""
    peak: float = 4.0
    """The busiest hour's rate by the mean one's."""
    review: float = 0.001
    """The share that a person has to read."""
    reading: float = 20.0
    """Seconds that a person needs for one."""
    cores: int = 16
    """Of the database server of a cell."""
    busy: float = 0.5
    """How busy those may be in the busiest hour; the rest is for what nobody foresaw."""
    gains: float = 0.7
    """What a further core gives by the first: assumed, since two were all we had."""
    disk: float = 4e12
    """Bytes that a cell's database may grow to: what one restores in a day."""
    keep: float = 12.0
    """Months that intents stay in the database; their events leave after one."""
    wire: float = 0.1
    """Seconds that a mail server takes."""
    threads: int = 32
    """Of a sender."""

    @property
    def mean(self) -> float:
        """Intents a second."""
        return self.month / MONTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What it takes, in the busiest hour where it is of one."""

    mean: float
    """Intents a second."""
    busiest: float
    cells_by_processor: int
    cells_by_attester: int
    cells_by_disk: int
    cells: int
    busiest_of_a_cell: float
    senders: int
    workers: int
    """Cores of scorers, routers, granters and senders, of all cells."""
    hands: int
    """Workers of a cell that take rounds through every step, half busy in the busiest hour."""
    relays: int
    partitions: int
    """Of each Kafka topic."""
    disk_a_month: float
    """Bytes, of all cells."""
    disk_of_a_cell: float
    """Bytes, once as many months are in it as are kept."""
    archived_a_month: float
    wal: float
    """Bytes a second in the busiest hour, of all cells."""
    people: int


def planned(given: Inputs, wanted: Wanted) -> Plan:
    """The least that keeps up with it."""
    busiest = wanted.mean * wanted.peak
    leaves, every = given.bytes[LEAVING], sum(given.bytes.values())
    stored = wanted.month * ((every - leaves) * wanted.keep + leaves)
    by_processor, by_attester, by_disk = _cells(given, wanted, busiest, stored)
    cells = max(by_processor, by_attester, by_disk)
    of_a_cell = busiest / cells
    return Plan(
        mean=wanted.mean,
        busiest=busiest,
        cells_by_processor=by_processor,
        cells_by_attester=by_attester,
        cells_by_disk=by_disk,
        cells=cells,
        busiest_of_a_cell=of_a_cell,
        senders=cells * max(2, _senders(wanted, of_a_cell)),
        workers=_whole(busiest * given.client / wanted.busy),
        hands=max(2, _whole(of_a_cell * given.each / wanted.busy)),
        relays=2 * cells,
        partitions=max(3, _whole(busiest * given.events / given.relay)),
        disk_a_month=wanted.month * every,
        disk_of_a_cell=stored / cells,
        archived_a_month=wanted.month * leaves,
        wal=busiest * given.wal,
        people=_whole(wanted.month * wanted.review * wanted.reading / (WORKED * 0.85)),
    )


def _cells(
    given: Inputs, wanted: Wanted, busiest: float, stored: float
) -> tuple[int, int, int]:
    """How many it takes for the processor, for the attester and for the disk."""
    cores = 1 + (wanted.cores - 1) * wanted.gains
    return (
        _whole(busiest * given.server / (cores * wanted.busy)),
        _whole(busiest * given.attest / wanted.busy),
        _whole(stored / wanted.disk),
    )


def _senders(wanted: Wanted, rate: float) -> int:
    return _whole(rate * wanted.wire / (wanted.threads * wanted.busy))


def _whole(amount: float) -> int:
    return max(1, math.ceil(amount))
