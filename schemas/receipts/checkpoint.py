"""Checkpoints: what the log was at one size, as C2SP's tlog-checkpoint and signed-note.

holdshort/9f0c...            the name of the log
72                           how many receipts it has
CsUYapGGPo4dkMgIAUqom/...    the root of its Merkle tree

— holdshort-3f6c... Gis8...  who says so
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.receipts import reading
from schemas.receipts.envelope import Invalid
from schemas.receipts.keys import Signer, Trust
from schemas.receipts.reading import Unreadable

_NOTE = re.compile(
    r"^(?P<text>(?P<log>[^\n]+)\n(?P<size>0|[1-9]\d{0,15})\n(?P<root>[A-Za-z0-9+/]{43}=)\n)"
    r"\n\u2014 (?P<name>[^ +\n]+) (?P<signature>[A-Za-z0-9+/=]+)\n",
    re.MULTILINE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log at one size."""

    log: str
    size: int
    root: bytes

    def written(self) -> str:
        """What is signed."""
        return f"{self.log}\n{self.size}\n{reading.spelled(self.root)}\n"


def note(checkpoint: Checkpoint, signer: Signer) -> str:
    """The signed note."""
    text = checkpoint.written()
    signature = reading.spelled(signer.key.hash + signer.sign(text.encode()))
    return f"{text}\n\u2014 {signer.key.name} {signature}\n"


def opened(text: str, trust: Trust) -> Checkpoint:
    """The checkpoint in a note, if a trusted key has signed it.

    Raises `Unreadable` if it is none, and `Invalid` if nobody whom we trust says so.
    """
    found = _NOTE.fullmatch(text)
    if found is None:
        raise Unreadable("the checkpoint is no signed note")
    key = trust.get(found["name"])
    if key is None:
        raise Invalid(f"it is signed by {found['name']}, which is not a trusted key")
    signature = reading.bytes_of(found["signature"], "a signature", length=68)
    if signature[:4] != key.hash or not key.signed(signature[4:], found["text"].encode()):
        raise Invalid(f"the signature of {key.name} is not of this checkpoint")
    return _checkpoint(found)


def unverified(text: str) -> Checkpoint:
    """The checkpoint in a note that is our own, or that only says what is asked for."""
    found = _NOTE.fullmatch(text)
    if found is None:
        raise Unreadable("the checkpoint is no signed note")
    return _checkpoint(found)


def last_note(text: str) -> str:
    """The last whole note of a file to which notes were added; empty if it has none."""
    notes = [found[0] for found in _NOTE.finditer(text)]
    return notes[-1] if notes else ""


def _checkpoint(found: re.Match[str]) -> Checkpoint:
    root = reading.bytes_of(found["root"], "the root", length=32)
    return Checkpoint(found["log"], int(found["size"]), root)
