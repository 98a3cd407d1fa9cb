"""Say whether people have authorised this: the sender's last question before its permit.

Whoever holds the whole database can keep a signature from the sender, and never make one:
what is asked about comes from the bytes that are about to leave, the keys from the roots
that the sender knows from outside, and the time from its own clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from schemas.authority.documents import APPROVAL
from schemas.authority.hearing import Asked, Hearing, Voice, heard
from schemas.authority.needs import Need
from schemas.authority.roster import Refusal, Roster
from schemas.authority.standing import GRANT
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Trust

__all__ = ["Asked", "counted", "judge"]


def judge(
    asked: Asked, envelopes: Iterable[Envelope], roots: Trust, now: dt.datetime
) -> tuple[str, ...]:
    """The people who have authorised it.  Raises `Refusal` if they are too few."""
    return tuple(voice.person for voice in counted(asked, envelopes, roots, now))


def counted(
    asked: Asked, envelopes: Iterable[Envelope], roots: Trust, now: dt.datetime
) -> Sequence[Voice]:
    """The voices that have authorised it.  Raises `Refusal` if they are too few.

    One signature that does not count spoils none that does.
    """
    given = list(envelopes)
    hearing = Hearing(asked, given, Roster(given, roots), now)
    hear = {APPROVAL: hearing.of_approval, GRANT: hearing.of_grant}
    voices, refusals = heard(given, hear)
    # Nobody at all is never enough, whatever is asked for.
    unmet = [need for need in (Need(1), *asked.needs) if not _is_met(need, voices)]
    if unmet and refusals:
        raise refusals[0]
    if unmet:
        raise _too_few(unmet[0], voices)
    return voices


def _is_met(need: Need, voices: Sequence[Voice]) -> bool:
    counted = [one for one in voices if need.of is None or one.principal in need.of]
    return len(counted) >= need.approvals


def _too_few(unmet: Need, voices: Sequence[Voice]) -> Refusal:
    if not voices:
        return Refusal("approval_unsigned", "nobody has signed an approval of this")
    whose = "people" if unmet.of is None else f"of {', '.join(sorted(unmet.of))}"
    why = f"it needs {unmet.approvals} {whose}, and so many have not signed"
    return Refusal("approvers_missing", why)
