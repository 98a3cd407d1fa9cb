"""What is said of a bundle, as one line."""

from __future__ import annotations

from dataclasses import replace

from schemas.receipts.bundle import OfIntent, OfLog
from schemas.receipts.reading import Unreadable
from schemas.receipts.verifying import verify
from tests.parts.receipts import TRUST


def said(
    bundle: OfIntent | OfLog | bytes,
    *,
    trust: bytes = TRUST,
    known: str = "",
    reviewers: bytes | None = None,
) -> str:
    """The verdict, or that it is unreadable."""
    content = bundle if isinstance(bundle, bytes) else bundle.written()
    try:
        return str(verify(content, trust, known, reviewers))
    except Unreadable as error:
        return f"unreadable: {error}"


def without(bundle: OfIntent, place: int) -> OfIntent:
    """The bundle without one receipt."""
    kept = [one for index, one in enumerate(bundle.receipts) if index != place]
    return replace(bundle, receipts=kept)
