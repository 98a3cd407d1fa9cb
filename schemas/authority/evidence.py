"""Whether people have signed what the receipts say that they approved, as a stranger sees it.

The receipts name each document by its SHA-256 and its signer, and say when: what is judged is
what the sender knew at the moment of its permit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.authority import documents, spelling
from schemas.authority.covering import Unseen
from schemas.authority.documents import APPROVAL, ENROLMENT, REVOCATION, Item
from schemas.authority.judging import Asked, counted
from schemas.authority.needs import Need
from schemas.authority.roster import Refusal
from schemas.authority.standing import DELEGATION, GRANT
from schemas.receipts.envelope import Envelope, Invalid
from schemas.receipts.keys import Trust
from schemas.receipts.statement import Statement, digest_of

_YES = ("endorsed", "approved")
_TAKEN_BACK = ("grant_revoked", "delegation_revoked")
_OF_ROOTS = {"enrolment": ENROLMENT, "revocation": REVOCATION}

Name = tuple[str, str]
"""A document: its SHA-256 in hex, and the name of the key that has signed it."""


def named(told: Statement) -> tuple[Name, ...]:
    """The documents that this receipt names: of a delegate's yes, its delegation last."""
    said = told.evidence
    pairs: list[tuple[object, object]] = []
    if told.intent is None and told.kind in _OF_ROOTS:
        pairs = [(said.get("document"), told.actor)]
    elif told.intent is not None and told.kind in _YES:
        pairs = [
            (said.get("document"), said.get("key")),
            (said.get("delegation_document"), said.get("delegation_key")),
        ]
    return tuple(
        (document, signer)
        for document, signer in pairs
        if isinstance(document, str) and isinstance(signer, str)
    )


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
    delegations: list[Envelope] = field(default_factory=list)

    def is_granted(self) -> bool:
        return any(one.kind == GRANT for one in self.given)


class People:
    """Tell it every receipt in the order of the log, with the document that it names."""

    def __init__(self, roots: Trust) -> None:
        self._roots = roots
        self._words: list[Envelope] = []
        self._yes = defaultdict[tuple[int | None, object], _Yes](_Yes)
        self._used: set[tuple[int | None, Name]] = set()
        self._taken_back: set[object] = set()
        self._producers: dict[int, str] = {}
        self.granted = 0
        """How many effects were under standing grants, whose extent nobody sees here."""

    def tell(self, told: Statement, given: Sequence[Envelope]) -> None:
        """Go on.  Raises `Invalid` or `Unreadable` if nobody could have believed this."""
        if told.intent is None:
            for document in given:
                self._declared(told, document)
            if told.kind in _TAKEN_BACK:
                self._taken_back.add(told.evidence.get("document"))
        elif told.kind == "persisted":
            self._producers.setdefault(told.intent, told.actor)
        elif told.kind in _YES:
            self._said_yes(told, given)
        elif told.kind == "permit":
            self._permitted(told)

    def _declared(self, told: Statement, document: Envelope) -> None:
        # What nobody trusted has signed says nothing; what one of ours has not signed is no
        # word of theirs that could be overheard.
        if document.signer in self._roots:
            document.opened(_OF_ROOTS[told.kind], self._roots)
            self._words.append(document)

    def _said_yes(self, told: Statement, given: Sequence[Envelope]) -> None:
        yes = self._yes[told.intent, told.evidence.get("approval")]
        yes.actors.append(told.actor)
        missing = told.evidence.get("missing", 0)
        if not isinstance(missing, int):
            raise Invalid("it does not say how many are missing")
        yes.needed = max(yes.needed, len(yes.actors) + missing)
        if not given:
            return
        document, *delegations = given
        if document.kind != (GRANT if told.role == "granter" else APPROVAL) or any(
            one.kind != DELEGATION for one in delegations
        ):
            raise Invalid("it names a document of another kind")
        once = (told.intent, name_of(document))
        if once in self._used:
            raise Invalid("one signature stands under two approvals")
        self._used.add(once)
        yes.given.append(document)
        yes.delegations.extend(delegations)

    def _permitted(self, told: Statement) -> None:
        yes = self._yes[told.intent, told.evidence["approval"]]
        if told.intent is None or len(yes.given) < len(yes.actors):
            raise Invalid("an effect whose approval nobody has signed")
        signed = [*yes.given, *yes.delegations]
        if any(name_of(one)[0] in self._taken_back for one in signed):
            raise Invalid("an effect under what was taken back before")
        needed = Need(max(yes.needed, len(yes.actors)))
        producer = self._producers.get(told.intent)
        unseen = None if producer is None else Unseen(told.log, producer)
        asked = Asked(told.log, _item(told, yes), (needed,), leaving=unseen)
        now = spelling.instant(told.at)
        try:
            voices = counted(asked, [*signed, *self._words], self._roots, now)
        except Refusal as refused:
            raise Invalid(f"an effect that people have not signed for: {refused}") from None
        if {spelling.folded(actor) for actor in yes.actors} != {*map(str, voices)}:
            raise Invalid("an effect that others have signed for than its receipts say")
        self.granted += yes.is_granted()


def _item(told: Statement, yes: _Yes) -> Item:
    """What was to be signed; the digest of a manifest stands for its version, too."""
    manifest = str(told.evidence["manifest"])
    if yes.is_granted():
        return Item(told.intent or 0, 0, manifest)
    said = (documents.approval(one.payload).items for one in yes.given)
    found = [
        item
        for items in said
        for item in items
        if (item.intent, item.manifest) == (told.intent, manifest)
    ]
    if not found:
        raise Invalid("an effect that people have not signed for: they have signed other bytes")
    return found[0]
