"""What a chain of receipts must never say: effects that nobody authorised, or twice."""

from __future__ import annotations

from schemas.receipts.envelope import Invalid
from schemas.receipts.reading import Unreadable, digest
from schemas.receipts.statement import Statement

_Named = tuple[str, str]
"""The digests of an artifact and of its manifest: what an approval and an effect are of."""


class Life:
    """One intent, as its receipts tell it, in their order.

    An effect is a permit: from then on its bytes may be out.  It needs an approval of a
    person, or of a granter under a person's standing grant, of these very bytes and this very
    manifest, that was neither revoked nor spent.  Another one needs a recorded reason to
    believe that the first has not arrived: a definite refusal, or a person who has resolved it
    as not sent.
    """

    def __init__(self) -> None:
        self._approvals: dict[object, _Named] = {}
        self._permits: dict[int, _Named] = {}
        self._open: int | None = None

    def tell(self, receipt: Statement) -> None:
        """Go on.  Raises `Invalid` if this cannot follow what was told."""
        match receipt.kind:
            case "approved" if receipt.role == "human" or _is_granted(receipt):
                self._approvals[_approval(receipt)] = _named(receipt)
            case "revoked":
                self._approvals.pop(_approval(receipt), None)
            case "permit":
                self._permitted(receipt)
            case "sent" if receipt.role == "sender":
                if receipt.fence is None or self._permits.get(receipt.fence) != _named(receipt):
                    raise Invalid("an effect without approval: it was sent without a permit")
            case "refused" if receipt.fence == self._open and "late" not in receipt.evidence:
                self._open = None
            case "resolved" if receipt.evidence.get("as") == "in_review":
                self._open = None

    def _permitted(self, receipt: Statement) -> None:
        if self._approvals.pop(_approval(receipt), None) != _named(receipt):
            raise Invalid("an effect without approval: no approval of exactly this is left")
        if self._open is not None:
            raise Invalid("a second effect, and nothing resolves the first")
        if receipt.fence is None or receipt.fence in self._permits:
            raise Invalid("a permit under no fence of its own")
        self._permits[receipt.fence] = _named(receipt)
        self._open = receipt.fence


def _is_granted(receipt: Statement) -> bool:
    """Whether it is one use of a standing grant, and says of which and which one."""
    uses = [receipt.evidence.get(name) for name in ("grant", "use")]
    return receipt.role == "granter" and all(
        isinstance(one, int) and not isinstance(one, bool) and one > 0 for one in uses
    )


def _approval(receipt: Statement) -> object:
    named = receipt.evidence.get("approval")
    if isinstance(named, bool) or not isinstance(named, int):
        raise Invalid(f"{receipt.kind} names no approval")
    return named


def _named(receipt: Statement) -> _Named:
    try:
        manifest = digest(receipt.evidence.get("manifest"), "the manifest")
    except Unreadable:
        raise Invalid(f"{receipt.kind} names no manifest") from None
    return receipt.digest, manifest
