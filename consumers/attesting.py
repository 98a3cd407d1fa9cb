"""Put every receipt into one log that a stranger can verify, and sign what it says.

Each receipt becomes a signed statement, chained to the one before it of the same intent,
and a leaf of one Merkle tree.  What is committed is then summed up in a checkpoint, which
is published outside the database, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import structlog

from consumers.checkpoints import Checkpoints
from outbox import metrics
from outbox.errors import Conflict
from outbox.failpoints import Point, reach
from outbox.receiptlog import Leaf, Receipt, ReceiptLog
from schemas.receipts import checkpoint, merkle, reading, statement
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.envelope import STATEMENT, sealed
from schemas.receipts.keys import Signer
from schemas.receipts.statement import Statement

log = structlog.get_logger()

BATCH = 500
"""How many receipts are put into the log in one transaction."""

_ALL = 0
"""The chain of what concerns all intents."""


def unless_contradicted(look: Callable[[], int]) -> Callable[[], int]:
    """Look, and where the log contradicts what was published say so, again and again.

    A process that ended then would be started anew, and nobody could ask it why.
    """

    def looked() -> int:
        try:
            found = look()
        except Conflict as contradiction:
            metrics.LOG_CONTRADICTED.set(1)
            why, next = str(contradiction), contradiction.hint
            log.critical("log contradicted", why=why, next=next)
            return 0
        metrics.LOG_CONTRADICTED.set(0)
        return found

    return looked


class Attester:
    """One process; any number of them may run, and one at a time is at work."""

    def __init__(self, book: ReceiptLog, signer: Signer, outside: Checkpoints) -> None:
        self._book = book
        self._signer = signer
        self._outside = outside
        self._continues = False
        """Whether the log is known to continue what was published."""

    def look(self) -> int:
        """Attest one batch and publish a checkpoint; give back how many receipts it was.

        Raises `Conflict` if the log does not continue what was published: nothing is signed.
        """
        reach(Point.BEFORE_ATTEST)
        if not self._continues and not self._is_looked_at():
            return 0
        self._continues = False
        attested = self._attest()
        reach(Point.AFTER_ATTEST)
        self._publish()
        self._continues = True
        return attested

    def _is_looked_at(self) -> bool:
        """Whether it continues what was published; not while another attester holds it."""
        with self._book.held() as origin:
            if origin:
                self._must_continue(origin, self._book.size(), self._outside.last())
            return bool(origin)

    def _attest(self) -> int:
        with self._book.held() as origin:
            waiting = self._book.waiting(BATCH) if origin else []
            if not waiting:
                return 0
            reach(Point.LOG_HELD)
            size = self._book.size()
            leaves = list(self._leaves(origin, size, waiting))
            hashes = [merkle.leaf_hash(leaf.statement) for leaf in leaves]
            nodes = merkle.grown(size, self._book.nodes(merkle.edge_of(size)), hashes)
            reach(Point.BEFORE_APPEND)
            self._book.append(size, leaves, nodes, self._signer.key.name)
            reach(Point.AFTER_APPEND)
        metrics.RECEIPTS_ATTESTED.inc(len(leaves))
        log.info("receipts attested", count=len(leaves), size=size + len(leaves))
        return len(leaves)

    def _leaves(self, origin: str, size: int, receipts: Sequence[Receipt]) -> Iterator[Leaf]:
        heads = {
            chain: (head.number, statement.digest_of(head.statement))
            for chain, head in self._book.heads({_chain(one) for one in receipts}).items()
        }
        for index, receipt in enumerate(receipts, size):
            number, previous = heads.get(_chain(receipt), (0, statement.FIRST))
            told = _statement(origin, index, receipt, number + 1, previous)
            heads[_chain(receipt)] = (number + 1, statement.digest_of(told))
            signature = sealed(STATEMENT, told, self._signer).signature
            yield Leaf(receipt.id, _chain(receipt), number + 1, told, signature)

    def _publish(self) -> None:
        """Sign the log as it stands, if that was not done; the world outside comes first."""
        with self._book.held() as origin:
            size = self._book.size() if origin else 0
            if not size or self._book.last_checkpoint() == size:
                return
            published = self._outside.last()
            self._must_continue(origin, size, published)
            stands = Checkpoint(origin, size, self._root(size))
            note = checkpoint.note(stands, self._signer)
            reach(Point.BEFORE_CHECKPOINT)
            if note != published:
                self._outside.add(note)
            reach(Point.CHECKPOINT_OUTSIDE)
            self._book.keep_checkpoint(size, note)
        reach(Point.AFTER_CHECKPOINT)

    def _must_continue(self, origin: str, size: int, published: str) -> None:
        """Raise `Conflict` where a signature would be a second story about one log."""
        if not published:
            return
        before = checkpoint.unverified(published)
        if before.log != origin or before.size > size or before.root != self._root(before.size):
            raise Conflict(
                f"the log {origin} of {size} does not continue the checkpoint that was"
                f" published of {before.log} at {before.size}",
                hint="a restored or copied database has another log: keep that file, tell who"
                " verifies, and name another one in HOLDSHORT_CHECKPOINTS",
            )

    def _root(self, size: int) -> bytes:
        edge = merkle.edge_of(size)
        nodes = self._book.nodes(edge)
        return merkle.folded([nodes[place] for place in edge])


def _chain(receipt: Receipt) -> int:
    return _ALL if receipt.intent_id is None else receipt.intent_id


def _statement(origin: str, index: int, receipt: Receipt, number: int, previous: str) -> bytes:
    evidence = statement.evidence(receipt.evidence)
    digest = receipt.digest or statement.digest_of(reading.canonical(evidence))
    return Statement(
        log=origin,
        index=index,
        intent=receipt.intent_id,
        number=number,
        previous=previous,
        kind=receipt.kind,
        role=receipt.role,
        actor=receipt.actor,
        fence=receipt.fence,
        at=statement.moment(receipt.at),
        evidence=evidence,
        digest=digest,
    ).written()
