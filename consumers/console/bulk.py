"""Which of several mails may be approved with one look: those that say the same.

They are of one template and need the same people's yes; what differs from one to the next
is shown of each, so that nothing is approved unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from consumers.findings import findings
from outbox.intent import Artifact, Email
from outbox.lifecycle import State
from outbox.manifest import Manifest
from outbox.policy.document import Policy
from schemas.authority.needs import Facts, needs

MOST = 50
"""How many are approved at once: each is looked at."""
ALIKE = 0.7
"""Which share of its words a mail has in common with the first, at least."""
MOST_WORDS = 2000
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One of those that were chosen, as it stands."""

    id: int
    state: str
    tenant: str
    mail: Artifact | None
    manifest: Manifest | None

    @property
    def words(self) -> list[str]:
        """What it says, word by word."""
        mail = self.mail
        assert isinstance(mail, Email)
        amount = mail.amount
        about = "" if amount is None else f"{amount.value} {amount.currency}"
        return _WORD.findall("\n".join((mail.subject, about, mail.text, mail.html)))


@dataclass(frozen=True, slots=True)
class Alike:
    """One that may be approved with the others, and what it says in other words."""

    read: Read
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """One that is looked at by itself, and why."""

    read: Read
    why: str


def gathered(chosen: Sequence[Read], policy: Policy) -> tuple[list[Alike], list[Apart]]:
    """Those that are like the first of them, and the others."""
    alike: list[Alike] = []
    apart: list[Apart] = []
    for read in chosen:
        first = alike[0].read if alike else None
        if why := next(_against(read, first, policy), ""):
            apart.append(Apart(read, why))
        elif first is None:
            alike.append(Alike(read, ()))
        else:
            alike.append(Alike(read, tuple(_other_words(first, read))))
    return alike, apart


def _against(read: Read, first: Read | None, policy: Policy) -> Iterator[str]:
    if read.state != State.AWAITING_APPROVAL:
        yield f"it is {read.state.replace('_', ' ')}"
    if read.mail is None or read.manifest is None:
        yield "it could never be sent"
        return
    if not isinstance(read.mail, Email):
        yield "it is no mail"
        return
    if len(read.words) > MOST_WORDS:
        yield "it is too long to be compared"
    if findings(read.mail):
        yield "it hides something"
    if first is None or not isinstance(first.mail, Email):
        return
    if _needs(read, policy) != _needs(first, policy):
        yield "it needs the yes of other people"
    if (read.mail.sender, read.mail.sender_name) != (first.mail.sender, first.mail.sender_name):
        yield "it is from another sender"
    if read.mail.attachments != first.mail.attachments:
        yield "it carries other files"
    if SequenceMatcher(None, first.words, read.words, autojunk=False).ratio() < ALIKE:
        yield "it is of another template"


def _needs(read: Read, policy: Policy) -> object:
    assert read.mail is not None
    recipients = frozenset(one.lower() for one in read.mail.recipients)
    amount, channel = read.mail.amount, read.mail.channel
    facts = Facts(channel=channel, tenant=read.tenant, recipients=recipients, amount=amount)
    return needs(policy, facts)


def _other_words(first: Read, read: Read) -> Iterator[str]:
    mine = read.words
    match = SequenceMatcher(None, first.words, mine, autojunk=False)
    for what, _, _, begin, end in match.get_opcodes():
        if what != "equal":
            yield " ".join(mine[begin:end]) or "(left out)"
