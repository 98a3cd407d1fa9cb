"""Say whether a bundle is true: all of it, in the eyes of the keys that are trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from schemas.receipts import bundle as bundles
from schemas.receipts import checkpoint, keys, merkle, statement
from schemas.receipts.bundle import OfIntent, OfLog
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.effects import Life
from schemas.receipts.envelope import COUNT, STATEMENT, Envelope, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.reading import Unreadable
from schemas.receipts.statement import Statement


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a bundle."""

    valid: bool
    item: str
    """What the verdict is about: the first bad part, or all of it."""
    why: str

    def __str__(self) -> str:
        return f"{'valid' if self.valid else 'invalid'}: {self.item}: {self.why}"


class _Bad(Exception):
    def __init__(self, item: str, why: str) -> None:
        super().__init__(item, why)
        self.item, self.why = item, why


@dataclass(slots=True)
class _Chain:
    """How far the receipts of one intent were told."""

    number: int = 0
    last: str = statement.FIRST
    life: Life = field(default_factory=Life)

    def go_on(self, content: bytes, told: Statement) -> None:
        if told.number != self.number + 1:
            raise Invalid(f"it is number {told.number}, but number {self.number + 1} is due")
        if told.previous != self.last:
            raise Invalid("it does not follow the receipt before it")
        self.life.tell(told)
        self.number, self.last = told.number, statement.digest_of(content)


def verify(bundle: bytes, trust: bytes, known: str = "") -> Verdict:
    """Judge a bundle by a trust file, and by a checkpoint that was known before, if any.

    `known` may be a file with many checkpoints: the last one counts.  Raises `Unreadable`
    if one of them cannot be read.
    """
    found, pinned = bundles.bundle(bundle), keys.trusted(trust)
    note = checkpoint.last_note(known)
    if known and not note:
        raise Unreadable("the known checkpoint is no signed note")
    try:
        if not pinned:
            raise _Bad("trust file", "no key is pinned")
        if not found.receipts:
            raise _Bad("bundle", "it is empty")
        if isinstance(found, OfLog):
            return _log(found, pinned, note)
        return _intent(found, pinned, note)
    except _Bad as bad:
        return Verdict(False, bad.item, bad.why)


def _intent(found: OfIntent, trust: Trust, known: str) -> Verdict:
    at = _checkpoint(found.note, trust, "checkpoint")
    _continued(found, at, trust, known)
    with _judging("count"):
        count = bundles.count_of(found.count.opened(COUNT, trust), found.intent, at)
        if count is None:
            raise Invalid("it is not of this intent in this log")
    chain, after = _Chain(), -1
    for place, receipt in enumerate(found.receipts, 1):
        with _judging(f"receipt {place} of {count}"):
            content, told = _opened(receipt.envelope, at, trust)
            if told.intent != found.intent:
                raise Invalid("it is of another intent")
            if told.index <= after:
                raise Invalid("it is not where the log has it")
            chain.go_on(content, told)
            _included(content, told.index, at, receipt.proof)
            after = told.index
    if len(found.receipts) < count:
        raise _Bad(f"receipt {len(found.receipts) + 1} of {count}", "it is missing")
    return Verdict(
        True, f"intent {found.intent}", f"{count} receipts; log {at.log} with {at.size}"
    )


def _log(found: OfLog, trust: Trust, known: str) -> Verdict:
    at = _checkpoint(found.note, trust, "checkpoint")
    leaves, chains = [], defaultdict[int | None, _Chain](_Chain)
    for place, sealed in enumerate(found.receipts):
        with _judging(f"receipt {place + 1} of {at.size}"):
            content, told = _opened(sealed, at, trust)
            if told.index != place:
                raise Invalid(f"it is at {told.index} in the log, but {place} is due")
            chains[told.intent].go_on(content, told)
            leaves.append(merkle.leaf_hash(content))
    if len(leaves) < at.size:
        raise _Bad(f"receipt {len(leaves) + 1} of {at.size}", "it is missing")
    if _root(leaves) != at.root:
        raise _Bad("bundle", "these are not the receipts of its checkpoint")
    if known:
        before = _older(known, at, trust)
        if _root(leaves[: before.size]) != before.root:
            raise _Bad(
                "known checkpoint", "the log does not continue it: rolled back or forked"
            )
    return Verdict(True, f"log {at.log}", f"{at.size} receipts")


def _opened(sealed: Envelope, at: Checkpoint, trust: Trust) -> tuple[bytes, Statement]:
    content = sealed.opened(STATEMENT, trust)
    told = statement.read(content)
    if told.log != at.log:
        raise Invalid("it is of another log")
    if told.index >= at.size:
        raise Invalid("it is beyond the checkpoint")
    return content, told


def _included(content: bytes, index: int, at: Checkpoint, proof: Sequence[bytes]) -> None:
    try:
        root = merkle.root_by_inclusion(merkle.leaf_hash(content), index, at.size, proof)
    except ValueError as error:
        raise Invalid(str(error)) from None
    if root != at.root:
        raise Invalid("the log does not have it")


def _continued(found: OfIntent, at: Checkpoint, trust: Trust, known: str) -> None:
    since = None
    if found.since is not None:
        since = _checkpoint(found.since.note, trust, "since")
        steps = found.since.proof
        if since.log != at.log or not merkle.continues(
            since.size, since.root, at.size, at.root, steps
        ):
            raise _Bad("since", "the log does not continue it: rolled back or forked")
    if known:
        before = _older(known, at, trust)
        if before not in (at, since):
            why = "the log does not continue it: rolled back or forked"
            if before.size not in (at.size, since and since.size):
                why = "nothing proves that the log continues it: export with --since"
            raise _Bad("known checkpoint", why)


def _older(known: str, at: Checkpoint, trust: Trust) -> Checkpoint:
    before = _checkpoint(known, trust, "known checkpoint")
    if before.log != at.log:
        raise _Bad("known checkpoint", "it is of another log")
    if at.size < before.size:
        raise _Bad("checkpoint", f"the log had {before.size} receipts, and now has {at.size}")
    return before


def _checkpoint(note: str, trust: Trust, item: str) -> Checkpoint:
    with _judging(item):
        return checkpoint.opened(note, trust)


def _root(leaves: Sequence[bytes]) -> bytes:
    nodes = {(level, index): hash for level, index, hash in merkle.grown(0, {}, leaves)}
    return merkle.folded([nodes[place] for place in merkle.edge_of(len(leaves))])


@contextmanager
def _judging(item: str) -> Iterator[None]:
    try:
        yield
    except (Invalid, Unreadable) as bad:
        raise _Bad(item, str(bad)) from None
