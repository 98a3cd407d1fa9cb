"""The process of a room: `python -m consumers.scorers.rooms.child SCORER DESCRIPTOR`.

It hears what is asked on a socket, and answers there.  Once a mail may have been read, what a
scorer prints goes nowhere: it may repeat the mail.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import json
import os
import resource
import socket
import sys
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from consumers.scorers import History, Scorer, Sent
from consumers.scorers.known import load
from consumers.scorers.rooms.answers import MOST_KINDS, MOST_REASONS, Said, storable
from consumers.scorers.rooms.wire import receive, send
from outbox.errors import BadArtifact
from outbox.intent import parse_artifact
from outbox.results import Score

MOST_MEMORY = 2 * 1024**3
"""Bytes of its own; a scorer that asks for more gets a MemoryError."""
_LONGEST = 256 * 1024**2


def main(name: str, descriptor: int) -> None:
    """Answer until nobody asks any more."""
    _be_small()
    wire = socket.socket(fileno=descriptor)
    scorer = load(name)
    heard_by = _be_silent()
    send(wire, _written({"version": scorer.version}))
    known: dict[int, Sent] = {}
    with suppress(EOFError):
        while True:
            asked = json.loads(receive(wire, most=_LONGEST))
            content = receive(wire, most=_LONGEST)
            # A thread of C: one that never lets the interpreter go is ended, too.
            faulthandler.dump_traceback_later(asked["seconds"], exit=True, file=heard_by)
            if asked["sent"] is not None:
                known = _remembered(known, asked["sent"])
            history = History(tuple(known.values()), **_times(asked["times"]))
            answer = _answered(scorer, content, history)
            faulthandler.cancel_dump_traceback_later()
            send(wire, _written({"asked": asked["asked"], **answer}))


def _answered(scorer: Scorer, content: bytes, history: History) -> dict[str, Any]:
    try:
        artifact = parse_artifact(content)
    except BadArtifact as bad:
        return {"unread": storable(str(bad))}
    try:
        answer = _spelled(scorer.score(artifact, history))
        Said.model_validate_json(_written({"asked": "", **answer}))
    except Exception as error:  # noqa: BLE001 -- a plug-in's border: a person looks
        return {"failed": type(error).__name__}
    return answer


def _spelled(given: Score) -> dict[str, Any]:
    return {
        "scorer": given.scorer,
        "version": given.version,
        "confidence": given.confidence,
        "holds": given.holds,
        "kinds": [*islice(dict.fromkeys(given.kinds), MOST_KINDS)],
        "reasons": [storable(one) for one in islice(given.reasons, MOST_REASONS)],
        "cost": str(given.cost),
    }


def _remembered(known: dict[int, Sent], told: list[list[Any]]) -> dict[int, Sent]:
    """What was sent lately, in its order: what is known already comes without its text."""
    return {
        id: Sent(id, frozenset(rest[0]), rest[1]) if rest else known[id] for id, *rest in told
    }


def _times(told: dict[str, str | None]) -> dict[str, dt.datetime | None]:
    return {name: dt.datetime.fromisoformat(at) if at else None for name, at in told.items()}


def _written(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()


def _be_small() -> None:
    """Where memory runs out, this process ends, and none of ours."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    most = MOST_MEMORY if most == resource.RLIM_INFINITY else min(most, MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _be_silent() -> int:
    """Print nothing any more; give back where it is still told in which line it hangs."""
    heard_by = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return heard_by


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
