"""Write the test vectors again: `python -m tests.receipts.vectors`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from schemas.receipts import checkpoint
from schemas.receipts.bundle import OfIntent, OfLog
from schemas.receipts.envelope import STATEMENT, sealed
from tests.parts.bundles import (
    OTHER_MANIFEST,
    Log,
    approved,
    busy,
    busy_elsewhere,
    busy_until,
    permitted,
)
from tests.parts.receipts import EVES, TRUST
from tests.parts.reviewers import ROOT_FILE
from tests.receipts import signed
from tests.receipts.judging import said, without

FOLDER = Path(__file__).parents[1] / "vectors"
KNOWN = 7
"""The size of the known checkpoint, `known.checkpoint`."""


class Vector(NamedTuple):
    name: str
    bundle: OfIntent | OfLog
    known: str = ""
    """The name of a file with a known checkpoint, or nothing."""
    reviewers: str = ""
    """The name of a file with roots, or nothing."""


def vectors() -> Iterator[Vector]:
    log = busy()
    yield Vector("valid-intent", log.of_intent(1))
    yield Vector("valid-intent-since", log.of_intent(2, since=KNOWN), "known.checkpoint")
    yield Vector("valid-log", log.of_log(), "known.checkpoint")
    for name, bundle in _of_intent(log):
        yield Vector(name, bundle)
    yield Vector("not-continued", log.of_intent(2), "known.checkpoint")
    yield Vector("rolled-back", busy_until(12).of_intent(1), "newest.checkpoint")
    yield Vector("forked", _forked(), "newest.checkpoint")
    yield Vector("another-log", busy_elsewhere().of_log(), "known.checkpoint")
    for name, whole in _of_log(log.of_log()):
        yield Vector(name, whole)
    unapproved = permitted(Log().tell(1, "persisted"), 1)
    yield Vector("effect-without-approval", unapproved.of_intent(1))
    other = {"approval": 1, "attempt": 1, "manifest": OTHER_MANIFEST}
    moved = approved(Log(), 1).tell(1, "permit", fence=9, evidence=other)
    yield Vector("effect-of-another-manifest", moved.of_intent(1))
    twice = permitted(approved(Log(), 1), 1).tell(1, "stranded", fence=9)
    twice.tell(1, "approved", evidence={"approval": 2})
    yield Vector("two-effects", permitted(twice, 1, 2, 10).of_intent(1))
    for name, told in signed.bundles():
        yield Vector(name, told, reviewers="reviewers.json")


def _of_intent(log: Log) -> Iterator[tuple[str, OfIntent]]:
    two = log.of_intent(2)
    [first, second, *rest] = two.receipts
    payload = first.envelope.payload.replace(b"agent-1", b"agent-2")
    edited = replace(first, envelope=replace(first.envelope, payload=payload))
    unsigned = replace(first, envelope=replace(first.envelope, signature=b""))
    by_eve = replace(first, envelope=sealed(STATEMENT, first.envelope.payload, EVES))
    misplaced = replace(second, proof=first.proof)
    yield "empty", replace(two, receipts=[])
    yield "edited", replace(two, receipts=[edited, second, *rest])
    yield "deleted", without(two, 1)
    yield "reordered", replace(two, receipts=[second, first, *rest])
    yield "truncated", without(two, len(two.receipts) - 1)
    yield "unsigned", replace(two, receipts=[unsigned, second, *rest])
    yield "unknown-key", replace(two, receipts=[by_eve, second, *rest])
    yield "proof-of-another", replace(two, receipts=[first, misplaced, *rest])
    yield "checkpoint-of-unknown-key", replace(two, note=checkpoint.note(log.at(), EVES))


def _of_log(whole: OfLog) -> Iterator[tuple[str, OfLog]]:
    first, second, *rest = whole.receipts
    yield "log-doubled", OfLog(whole.note, [first, first, *rest])
    yield "log-reordered", OfLog(whole.note, [second, first, *rest])
    yield "log-truncated", OfLog(whole.note, whole.receipts[:-1])


def _forked() -> OfLog:
    fork = busy_until(12)
    for _ in range(10):
        fork.tell(None, "switch", evidence={"outbound": False})
    return fork.of_log()


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the folder, and what is in it."""
    checkpoints = {"known.checkpoint": busy().note(KNOWN), "newest.checkpoint": busy().note()}
    yield "keys.json", TRUST
    yield "reviewers.json", ROOT_FILE
    for name, note in checkpoints.items():
        yield name, note.encode()
    verdicts = []
    for one in vectors():
        known = checkpoints.get(one.known, "")
        roots = ROOT_FILE if one.reviewers else None
        verdicts.append(
            {
                "bundle": f"{one.name}.json",
                "checkpoint": one.known,
                "reviewers": one.reviewers,
                "verdict": said(one.bundle, known=known, reviewers=roots),
            }
        )
        yield f"{one.name}.json", one.bundle.written()
    yield "verdicts.json", json.dumps(verdicts, indent=1, ensure_ascii=False).encode() + b"\n"


if __name__ == "__main__":
    for name, content in files():
        (FOLDER / name).write_bytes(content)
    sys.stdout.write(f"written to {FOLDER.name}\n")
