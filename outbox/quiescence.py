"""Whether the bytes of an old attempt may still arrive: nobody says "not sent" too soon."""

from __future__ import annotations

import datetime as dt

from psycopg.types.json import Jsonb

from outbox.deciding import Decider
from outbox.errors import GateClosed
from outbox.held import Held

QUIET = dt.timedelta(minutes=10)
"""How long they may: the reply to the final dot may take 10 minutes (RFC 5321 4.5.3.2.6)."""


def check_quiet(hands: Decider, held: Held, *, reason: str, second: str) -> None:
    """Raise `GateClosed` until it is quiet, unless a `second` person takes that upon them."""
    quiet_at = held.moved_at + QUIET
    if held.now >= quiet_at:
        return
    if not second.strip():
        raise GateClosed(
            "not_quiet",
            f"the bytes of intent {held.id} may still arrive until {quiet_at:%H:%M:%S %Z}",
            hint="wait until then, or resolve it as sent if you have seen it arrive; "
            "a second person may take it upon them: --override-by NAME",
        )
    evidence = {"reason": reason, "asked_by": hands.by["actor"], "quiet_at": str(quiet_at)}
    hands.write("override", held, actor=second, evidence=Jsonb(evidence))
