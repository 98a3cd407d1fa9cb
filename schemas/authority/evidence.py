"""Whether people have signed what the receipts say that they approved, as a stranger sees it.

The receipts name each document by its SHA-256 and its signer, and say when: what is judged is
what the sender knew at the moment of its permit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.authority import documents, spelling
from schemas.authority.documents import APPROVAL, ENROLMENT, REVOCATION, Item
from schemas.authority.judging import Asked, judge
from schemas.authority.needs import Need
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.statement import Statement, digest_of

_YES = ("endorsed", "approved")
_OF_ROOTS = {"enrolment": ENROLMENT, "revocation": REVOCATION}

Name = tuple[str, str]
"""A document: its SHA-256 in hex, and the name of the key that has signed it."""


def named(told: Statement) -> Name | None:
    """The document that this receipt names, if it does."""
    signer = None
    if told.intent is None and told.kind in _OF_ROOTS:
        signer = told.actor
    elif told.intent is not None and told.kind in _YES:
        signer = told.evidence.get("key")
    document = told.evidence.get("document")
    if isinstance(signer, str) and isinstance(document, str):
        return document, signer
    return None


def name_of(envelope: Envelope) -> Name:
    return digest_of(envelope.payload), envelope.signer


class Shelf:
    """Documents in the order in which receipts name them first; nothing else is among them."""

    def __init__(self, given: Sequence[Envelope]) -> None:
        self._coming = list(reversed(given))
        self._taken: dict[Name, Envelope] = {}

    def take(self, name: Name) -> Envelope:
        """The document of this name.  Raises `Invalid` if it is not there."""
        if name not in self._taken:
            if not self._coming or name_of(self._coming[-1]) != name:
                raise Invalid("the bundle lacks the document that it names")
            self._taken[name] = self._coming.pop()
        return self._taken[name]

    def check_empty(self) -> None:
        """Raise `Invalid` if something is left that nothing has named."""
        if self._coming:
            raise Invalid("a document that no receipt names")


@dataclass(slots=True)
class _Yes:
    """What was said to one approval."""

    needed: int = 0
    actors: list[str] = field(default_factory=list)
    given: list[Envelope] = field(default_factory=list)


class People:
    """Tell it every receipt in the order of the log, with the document that it names."""

    def __init__(self, roots: Trust) -> None:
        self._roots = roots
        self._words: list[Envelope] = []
        self._yes = defaultdict[tuple[int | None, object], _Yes](_Yes)
        self._used: set[tuple[int | None, Name]] = set()

    def tell(self, told: Statement, document: Envelope | None) -> None:
        """Go on.  Raises `Invalid` or `Unreadable` if nobody could have believed this."""
        if told.intent is None:
            if document is not None:
                self._declared(told, document)
        elif told.kind in _YES:
            self._said_yes(told, document)
        elif told.kind == "permit":
            self._permitted(told)

    def _declared(self, told: Statement, document: Envelope) -> None:
        # What nobody trusted has signed says nothing; what one of ours has not signed is no
        # word of theirs that could be overheard.
        if document.signer in self._roots:
            document.opened(_OF_ROOTS[told.kind], self._roots)
            self._words.append(document)

    def _said_yes(self, told: Statement, document: Envelope | None) -> None:
        yes = self._yes[told.intent, told.evidence.get("approval")]
        yes.actors.append(told.actor)
        missing = told.evidence.get("missing", 0)
        if not isinstance(missing, int):
            raise Invalid("it does not say how many are missing")
        yes.needed = max(yes.needed, len(yes.actors) + missing)
        if document is None:
            return
        once = (told.intent, name_of(document))
        if once in self._used:
            raise Invalid("one signature stands under two approvals")
        self._used.add(once)
        yes.given.append(document)

    def _permitted(self, told: Statement) -> None:
        yes = self._yes[told.intent, told.evidence["approval"]]
        if told.intent is None or len(yes.given) < len(yes.actors):
            raise Invalid("an effect whose approval nobody has signed")
        item = _item(told, yes.given)
        needed = Need(max(yes.needed, len(yes.actors)))
        asked = Asked(told.log, item, (needed,))
        try:
            people = judge(
                asked, [*yes.given, *self._words], self._roots, spelling.instant(told.at)
            )
        except Refusal as refused:
            raise Invalid(f"an effect that people have not signed for: {refused}") from None
        if {spelling.folded(actor) for actor in yes.actors} != set(people):
            raise Invalid("an effect that others have signed for than its receipts say")


def _item(told: Statement, given: Sequence[Envelope]) -> Item:
    """What was to be signed; the digest of a manifest stands for its version, too."""
    manifest = str(told.evidence["manifest"])
    said = (documents.approval(one.payload).items for one in given if one.kind == APPROVAL)
    found = [
        item
        for items in said
        for item in items
        if (item.intent, item.manifest) == (told.intent, manifest)
    ]
    if not found:
        raise Invalid("an effect that people have not signed for: they have signed other bytes")
    return found[0]
