"""The rule against saying it twice: an agent that plans anew says it in other words."""

from __future__ import annotations

from collections.abc import Iterator

from consumers.scorers import History
from consumers.scorers.kinds import Found, Kind
from consumers.scorers.reading import Reading
from consumers.scorers.sameness import LIKE, SAME, likeness, sameness


def repeating(reading: Reading, history: History) -> Iterator[Found]:
    """Nearly the same, to somebody who has it already, under another key."""
    to = {recipient.lower() for recipient in reading.recipients}
    for sent in history.sent:
        if not to & sent.recipients:
            continue
        if (alike := likeness(reading.seen, sent.text)) >= LIKE:
            said = f"{alike:.0%} of it was sent to a same recipient as intent {sent.intent}"
            yield Found(Kind.NEAR_DUPLICATE, said)
            return
        if (alike := sameness(reading.seen, sent.text)) >= SAME:
            said = (
                f"a same recipient has it in other words ({alike:.0%}) as intent {sent.intent}"
            )
            yield Found(Kind.NEAR_DUPLICATE, said)
            return
