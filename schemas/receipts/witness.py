"""Lead what people have signed through a bundle, in the order of the log."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from schemas.authority.evidence import People, Shelf, name_of, named
from schemas.receipts.bundle import OfIntent, OfLog, Word
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.opening import check_included, judging, opened
from schemas.receipts.statement import Statement


class Witness:
    """Hands every receipt on with the document that it names; without roots, none."""

    def __init__(
        self, found: OfIntent | OfLog, at: Checkpoint, trust: Trust, roots: Trust | None
    ) -> None:
        self._people = None if roots is None else People(roots)
        self._roots_said = deque[tuple[Statement, Envelope]]()
        if isinstance(found, OfLog):
            self._shelf = Shelf(found.people)
            return
        self._shelf = Shelf([one.document for one in found.people if one.receipt is None])
        if self._people is not None:
            self._roots_said.extend(_dated(found.people, at, trust))

    def tell(self, told: Statement) -> None:
        """Go on.  Raises `Invalid` or `Unreadable`."""
        if self._people is None:
            return
        while self._roots_said and self._roots_said[0][0].index < told.index:
            said, document = self._roots_said.popleft()
            self._people.tell(said, [document])
        self._people.tell(told, [self._shelf.take(name) for name in named(told)])

    def end(self) -> int:
        """How many effects were under standing grants.

        Raises `Bad` if something is left that no receipt has named.
        """
        if self._people is not None:
            with judging("people"):
                self._shelf.check_empty()
            return self._people.granted
        return 0


def _dated(
    people: Sequence[Word], at: Checkpoint, trust: Trust
) -> Iterator[tuple[Statement, Envelope]]:
    after = -1
    for place, word in enumerate(people, 1):
        if word.receipt is None:
            continue
        with judging(f"document {place} of {len(people)}"):
            content, told = opened(word.receipt.envelope, at, trust)
            check_included(content, told.index, at, word.receipt.proof)
            if told.index <= after:
                raise Invalid("it is not where the log has it")
            if told.intent is not None or named(told) != (name_of(word.document),):
                raise Invalid("it is not the document that its receipt names")
            after = told.index
        yield told, word.document
