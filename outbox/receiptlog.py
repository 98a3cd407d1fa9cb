"""The receipts log, as its one writer sees it: what waits, what there is, what is added.

Whoever writes receipts only inserts a row.  The attester puts them into the log: it holds
the log in one transaction at a time, so that any number of attesters may run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg.rows import class_row

from outbox.onwards import Onwards
from outbox.store import Connection, call, refusals, sql


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that is not in the log yet."""

    id: int
    intent_id: int | None
    kind: str
    role: str
    actor: str
    digest: str | None
    fence: int | None
    evidence: str
    """JSON, as the database has it."""
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Leaf:
    """A receipt that is put into the log."""

    receipt_id: int
    chain: int
    """Its intent; 0 for what concerns all of them."""
    number: int
    statement: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The last of a chain."""

    number: int
    statement: bytes


Place = tuple[int, int]
"""Level and index of a node."""


class ReceiptLog:
    """One attester's hands on the log.  Not for sharing between threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._onwards = Onwards[int]()

    @contextmanager
    def held(self) -> Iterator[str]:
        """Hold the log as long as the block lasts, and commit; yields its name.

        Yields an empty name if another attester holds it: then nothing may be done.
        """
        with refusals(), self._connection.transaction():
            found = call(self._connection, "hold_log").fetchall()
            yield str(found[0][0]) if found else ""

    def size(self) -> int:
        """How many receipts it has."""
        return int(self._rows("attest_size")[0][0])

    def nodes(self, places: Sequence[Place]) -> dict[Place, bytes]:
        """The hashes of these complete subtrees."""
        levels, indexes = zip(*places, strict=True) if places else ((), ())
        rows = self._rows("attest_nodes", levels=[*levels], indexes=[*indexes])
        return {(level, index): hash for level, index, hash in rows}

    def waiting(self, batch: int) -> list[Receipt]:
        """The oldest receipts that it does not have, those of each intent in their order."""
        with self._connection.cursor(row_factory=class_row(Receipt)) as cursor:
            return self._onwards.look(
                lambda since: cursor.execute(
                    sql("attest_waiting" if since is None else "attest_going_on"),
                    {"batch": batch, "since": since},
                ).fetchall(),
                lambda receipt: receipt.id,
            )

    def heads(self, chains: Iterable[int]) -> dict[int, Head]:
        """The last of each chain that has begun."""
        rows = self._rows("attest_heads", chains=[*chains])
        return {chain: Head(number, statement) for chain, number, statement in rows}

    def append(
        self,
        size: int,
        leaves: Sequence[Leaf],
        nodes: Iterable[tuple[int, int, bytes]],
        key: str,
    ) -> None:
        """Add to the log of this size; they leave the queue in the same statement."""
        levels, indexes, hashes = zip(*nodes, strict=True)
        call(
            self._connection,
            "log_receipts",
            size=size,
            key=key,
            receipts=[leaf.receipt_id for leaf in leaves],
            chains=[leaf.chain for leaf in leaves],
            numbers=[leaf.number for leaf in leaves],
            statements=[leaf.statement for leaf in leaves],
            signatures=[leaf.signature for leaf in leaves],
            levels=[*levels],
            indexes=[*indexes],
            hashes=[*hashes],
        )

    def last_checkpoint(self) -> int:
        """Of which size the last checkpoint is; 0 if there is none."""
        return int(self._rows("attest_last_checkpoint")[0][0])

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a signed checkpoint."""
        call(self._connection, "keep_checkpoint", size=size, note=note)

    def _rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql(statement), parameters).fetchall()
