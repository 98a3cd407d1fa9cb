"""Say whether a bundle is true: all of it, in the eyes of the keys that are trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from schemas.receipts import bundle as bundles
from schemas.receipts import checkpoint, keys, merkle, statement
from schemas.receipts.bundle import OfIntent, OfLog
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.count import count_of
from schemas.receipts.effects import Life
from schemas.receipts.envelope import COUNT, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.opening import Bad, check_included, checkpoint_of, judging, opened
from schemas.receipts.reading import Unreadable
from schemas.receipts.statement import Statement
from schemas.receipts.witness import Witness


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a bundle."""

    valid: bool
    item: str
    """What the verdict is about: the first bad part, or all of it."""
    why: str
    signed: bool = False
    """Whether it was asked, too, whether people have signed for every effect."""
    granted: int = 0
    """How many of these effects were under standing grants, whose extent was not judged."""

    def __str__(self) -> str:
        return f"{'valid' if self.valid else 'invalid'}: {self.item}: {self.why}"


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


def verify(
    bundle: bytes, trust: bytes, known: str = "", reviewers: bytes | None = None
) -> Verdict:
    """Judge a bundle by a trust file, and by a checkpoint that was known before, if any.

    `known` may be a file with many checkpoints: the last one counts.  `reviewers` is a trust
    file of the roots that say whose the keys of people are; without it nobody has looked at
    what people signed.  Raises `Unreadable` if one of them cannot be read.
    """
    found, pinned = bundles.bundle(bundle), keys.trusted(trust)
    note = checkpoint.last_note(known)
    if known and not note:
        raise Unreadable("the known checkpoint is no signed note")
    roots = None if reviewers is None else keys.trusted(reviewers)
    try:
        if not pinned:
            raise Bad("trust file", "no key is pinned")
        if roots is not None and not roots:
            raise Bad("reviewers file", "no root is pinned")
        if not found.receipts:
            raise Bad("bundle", "it is empty")
        if isinstance(found, OfLog):
            said = _log(found, pinned, note, roots)
        else:
            said = _intent(found, pinned, note, roots)
    except Bad as bad:
        return Verdict(False, bad.item, bad.why, roots is not None)
    looked = _LOOKED[roots is not None] + _under_grants(said.granted)
    return replace(said, why=f"{said.why}; {looked}", signed=roots is not None)


_LOOKED = {
    True: "people have signed for every effect",
    False: "people's signatures were not looked at: --reviewers",
}


def _under_grants(count: int) -> str:
    if not count:
        return ""
    effects = "1 effect" if count == 1 else f"{count} effects"
    return f"; {effects} under standing grants, whose extent is the sender's word"


def _intent(found: OfIntent, trust: Trust, known: str, roots: Trust | None) -> Verdict:
    at = checkpoint_of(found.note, trust, "checkpoint")
    _continued(found, at, trust, known)
    with judging("count"):
        said = found.count.opened(COUNT, trust)
        count = count_of(said, found.intent, at, found.people)
        if count is None:
            raise Invalid("it is not of this intent in this log")
    chain, after, witness = _Chain(), -1, Witness(found, at, trust, roots)
    for place, receipt in enumerate(found.receipts, 1):
        with judging(f"receipt {place} of {count}"):
            content, told = opened(receipt.envelope, at, trust)
            if told.intent != found.intent:
                raise Invalid("it is of another intent")
            if told.index <= after:
                raise Invalid("it is not where the log has it")
            chain.go_on(content, told)
            check_included(content, told.index, at, receipt.proof)
            witness.tell(told)
            after = told.index
    if len(found.receipts) < count:
        raise Bad(f"receipt {len(found.receipts) + 1} of {count}", "it is missing")
    why = f"{count} receipts; log {at.log} with {at.size}"
    return Verdict(True, f"intent {found.intent}", why, granted=witness.end())


def _log(found: OfLog, trust: Trust, known: str, roots: Trust | None) -> Verdict:
    at = checkpoint_of(found.note, trust, "checkpoint")
    leaves, chains = [], defaultdict[int | None, _Chain](_Chain)
    witness = Witness(found, at, trust, roots)
    for place, sealed in enumerate(found.receipts):
        with judging(f"receipt {place + 1} of {at.size}"):
            content, told = opened(sealed, at, trust)
            if told.index != place:
                raise Invalid(f"it is at {told.index} in the log, but {place} is due")
            chains[told.intent].go_on(content, told)
            witness.tell(told)
            leaves.append(merkle.leaf_hash(content))
    if len(leaves) < at.size:
        raise Bad(f"receipt {len(leaves) + 1} of {at.size}", "it is missing")
    if _root(leaves) != at.root:
        raise Bad("bundle", "these are not the receipts of its checkpoint")
    granted = witness.end()
    if known:
        before = _older(known, at, trust)
        if _root(leaves[: before.size]) != before.root:
            raise Bad("known checkpoint", "the log does not continue it: rolled back or forked")
    return Verdict(True, f"log {at.log}", f"{at.size} receipts", granted=granted)


def _continued(found: OfIntent, at: Checkpoint, trust: Trust, known: str) -> None:
    since = None
    if found.since is not None:
        since = checkpoint_of(found.since.note, trust, "since")
        steps = found.since.proof
        if since.log != at.log or not merkle.continues(
            since.size, since.root, at.size, at.root, steps
        ):
            raise Bad("since", "the log does not continue it: rolled back or forked")
    if known:
        before = _older(known, at, trust)
        if before not in (at, since):
            why = "the log does not continue it: rolled back or forked"
            if before.size not in (at.size, since and since.size):
                why = "nothing proves that the log continues it: export with --since"
            raise Bad("known checkpoint", why)


def _older(known: str, at: Checkpoint, trust: Trust) -> Checkpoint:
    before = checkpoint_of(known, trust, "known checkpoint")
    if before.log != at.log:
        raise Bad("known checkpoint", "it is of another log")
    if at.size < before.size:
        raise Bad("checkpoint", f"the log had {before.size} receipts, and now has {at.size}")
    return before


def _root(leaves: Sequence[bytes]) -> bytes:
    nodes = {(level, index): hash for level, index, hash in merkle.grown(0, {}, leaves)}
    return merkle.folded([nodes[place] for place in merkle.edge_of(len(leaves))])
