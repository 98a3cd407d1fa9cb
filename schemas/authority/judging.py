"""Say whether people have authorised this: the sender's last question before its permit.

Whoever holds the whole database can keep a signature from the sender, and never make one:
what is asked about comes from the bytes that are about to leave, the keys from the roots
that the sender knows from outside, and the time from its own clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from schemas.authority.documents import APPROVAL
from schemas.authority.hearing import Asked, Hearing, heard
from schemas.authority.roster import Refusal, Roster
from schemas.authority.standing import GRANT
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Trust

__all__ = ["Asked", "judge"]


def judge(
    asked: Asked, envelopes: Iterable[Envelope], roots: Trust, now: dt.datetime
) -> tuple[str, ...]:
    """The people who have authorised it.  Raises `Refusal` if they are too few.

    One signature that does not count spoils none that does.
    """
    given = list(envelopes)
    hearing = Hearing(asked, given, Roster(given, roots), now)
    hear = {APPROVAL: hearing.of_approval, GRANT: hearing.of_grant}
    voices, refusals = heard(given, hear)
    # Nobody at all is never enough, whatever the database says is needed.
    if len(voices) >= max(asked.needed, 1):
        return tuple(voice.person for voice in voices)
    if refusals:
        raise refusals[0]
    if not voices:
        raise Refusal("approval_unsigned", "nobody has signed an approval of this")
    why = f"{len(voices)} of {asked.needed} people that it needs have signed"
    raise Refusal("approvers_missing", why)
