"""The built-in scorer: simple rules, each of which finds one kind of thing wrong.

Each finding lowers the confidence by its weight.  Its reason is a sentence that says what
was found and where, without the secret or the address itself: scores go into receipts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from consumers.scorers import History
from consumers.scorers.leaks import exposed, labelled, scattered
from consumers.scorers.reading import Reading, read
from consumers.scorers.sameness import likeness
from outbox.addresses import domain_of
from outbox.intent import Artifact
from outbox.results import Score

Rule = Callable[[Reading, History], Iterator[str]]

LIKE = 0.8
"""How much of two texts must be the same to call them the same mail."""

_FIELD = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|<%[^%\n]{1,60}%>|\{[a-z][a-z0-9_.]{0,40}\}"
)
_BLANK = re.compile(
    r"\[(?:(?:insert|enter)\b[^\[\]\n]{1,40}|recipient"
    r"|(?:your )?(?:company|date|amount|address|phone|title)"
    r"|(?:(?:your|first|last|full|company|customer|client|recipient)[ _])?name)\]",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\b(?:TODO|FIXME)\b|(?<![\w-])XXX(?![\w-])|(?i:\blorem ipsum\b)")
_GREETS = r"\b(?i:dear|hi|hello|hey|good (?:morning|day|evening))"
_NOBODY = re.compile(_GREETS + r"[ \t]{1,3}(?:None|undefined|null|NULL|nil|NaN)\b")
_EMPTY_GREETING = re.compile(_GREETS + r"[ \t]{1,3},|^(?i:dear),", re.MULTILINE)


def unfilled(reading: Reading, _: History) -> Iterator[str]:
    """A template's field that nobody filled in."""
    if _FIELD.search(reading.seen):
        yield "a field of a template was left in the text"
    if _BLANK.search(reading.seen):
        yield "a blank in brackets was left to be filled in"


def unfinished(reading: Reading, _: History) -> Iterator[str]:
    """A note of the author to itself."""
    if found := _NOTE.search(reading.seen):
        yield f"the author's note {found[0]} was left in the text"


def nobody(reading: Reading, _: History) -> Iterator[str]:
    """A program's word for nothing, where a name belongs."""
    if found := _NOBODY.search(reading.seen):
        yield f"it greets {found[0].split()[-1]}"


def nameless(reading: Reading, _: History) -> Iterator[str]:
    """A greeting without a name."""
    if _EMPTY_GREETING.search(reading.seen):
        yield "it greets without a name"


def newcomer(reading: Reading, history: History) -> Iterator[str]:
    """A domain that nothing was sent to before."""
    domains = {domain_of(one) for one in reading.recipients}
    if strange := domains - history.domains:
        yield f"nothing was sent to {len(strange)} of its {len(domains)} domains lately"


def bare(reading: Reading, _: History) -> Iterator[str]:
    """Something that a complete mail has; a request need not have it."""
    mail = reading.mail
    if mail is None:
        return
    if not mail.text.strip():
        yield "it has no plain text beside its HTML"
    if not mail.sender_name.strip():
        yield "its sender has no name"
    if len(mail.subject.strip()) < 4:
        yield "its subject is empty or very short"
    if len(reading.seen.split()) < 5:
        yield "it says almost nothing"


def leaking(reading: Reading, _: History) -> Iterator[str]:
    """A secret on its way out."""
    for kind in (
        *exposed(reading.carried),
        *labelled(reading.seen),
        *scattered(reading.seen),
    ):
        yield f"it holds {kind}"


def repeating(reading: Reading, history: History) -> Iterator[str]:
    """Nearly the same mail, to somebody who has it already, under another key."""
    to = {recipient.lower() for recipient in reading.recipients}
    for sent in history.sent:
        if to & sent.recipients and (alike := likeness(reading.seen, sent.text)) >= LIKE:
            yield f"{alike:.0%} of it was sent to a same recipient as intent {sent.intent}"
            return


RULES: dict[Rule, float] = {
    unfilled: 0.6,
    unfinished: 0.5,
    nobody: 0.6,
    nameless: 0.35,
    newcomer: 0.35,
    bare: 0.1,
    leaking: 0.9,
    repeating: 0.5,
}
"""How much of the confidence each finding of a rule takes: 0 nothing, 1 all of it."""


class Rules:
    """The scorer that needs nothing but the mail and what was sent before."""

    name = "rules"
    version = "1"

    def score(self, artifact: Artifact, history: History) -> Score:
        """Multiply what each finding leaves of the confidence."""
        reading = read(artifact)
        findings = [
            (weight, reason)
            for rule, weight in RULES.items()
            for reason in rule(reading, history)
        ]
        return Score(
            confidence=round(math.prod(1 - weight for weight, _ in findings), 4),
            reasons=tuple(reason for _, reason in findings),
            scorer=self.name,
            version=self.version,
        )
