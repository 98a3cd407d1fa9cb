"""Open one part of a bundle, or say which part is bad and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from schemas.receipts import checkpoint, merkle, statement
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.envelope import STATEMENT, Envelope, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.reading import Unreadable
from schemas.receipts.statement import Statement


class Bad(Exception):
    """The first part of a bundle that is not true."""

    def __init__(self, item: str, why: str) -> None:
        super().__init__(item, why)
        self.item, self.why = item, why


def opened(sealed: Envelope, at: Checkpoint, trust: Trust) -> tuple[bytes, Statement]:
    """The bytes of a receipt, and what they say.  Raises `Invalid` or `Unreadable`."""
    content = sealed.opened(STATEMENT, trust)
    told = statement.read(content)
    if told.log != at.log:
        raise Invalid("it is of another log")
    if told.index >= at.size:
        raise Invalid("it is beyond the checkpoint")
    return content, told


def check_included(content: bytes, index: int, at: Checkpoint, proof: Sequence[bytes]) -> None:
    """Raise `Invalid` if the log does not have these bytes there."""
    try:
        root = merkle.root_by_inclusion(merkle.leaf_hash(content), index, at.size, proof)
    except ValueError as error:
        raise Invalid(str(error)) from None
    if root != at.root:
        raise Invalid("the log does not have it")


def checkpoint_of(note: str, trust: Trust, item: str) -> Checkpoint:
    """The checkpoint in a note.  Raises `Bad`."""
    with judging(item):
        return checkpoint.opened(note, trust)


@contextmanager
def judging(item: str) -> Iterator[None]:
    """What is not true inside is bad, under this name."""
    try:
        yield
    except (Invalid, Unreadable) as bad:
        raise Bad(item, str(bad)) from None
