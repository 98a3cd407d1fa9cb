"""`python -m tests.peers`: every contestant, kill by kill; the last line is the result."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic_core import to_json

from deploy.bench.environments import OURS, install, version_of
from deploy.failures import exit_saying
from deploy.local.postgres import EmbeddedPostgres
from outbox.errors import HoldshortError
from outbox.store import connect
from tests.peers import page
from tests.peers.contestants import CONTESTANTS, Contestant
from tests.peers.judging import Round, judged
from tests.peers.page import Line
from tests.peers.round import Trial, stage_of
from tests.peers.server import Moment

ROUNDS = 5
BATCH = 30
AFTER = (
    *[Trial(1, Moment.KEPT, 1)] * ROUNDS,
    *(Trial(BATCH, Moment.KEPT, number) for number in (1, 8, 15, 22, BATCH)),
)
BEFORE = (Trial(1, Moment.ADDRESSED, 1),) * ROUNDS


def line_of(one: Contestant, room: Path, server: str) -> Line:
    """Play all trials of one contestant."""
    install(one.package)
    after = judged(rounds_of(one, AFTER, room / "after", server))
    before = judged(rounds_of(one, BEFORE, room / "before", server))
    line = Line(contestant=one, version=version_of(one.package), after=after, before=before)
    _tell(f"{one.name}: {after.duplicates} duplicates in {after.kills} kills")
    return line


def rounds_of(
    one: Contestant, trials: tuple[Trial, ...], room: Path, server: str
) -> Iterator[Round]:
    room.mkdir(parents=True)
    for number, trial in enumerate(trials):
        with stage_of(one, room / str(number), server) as stage:
            yield stage.play(trial)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.peers")
    arguments.add_argument("--write", action="store_true", help=f"into {page.PAGE.name}")
    arguments.add_argument("--only", default="", help="those whose name begins like this")
    given = arguments.parse_args()
    if given.write and given.only:
        arguments.error("a table of some is no table: --write or --only")
    asked = [one for one in CONTESTANTS if one.name.startswith(given.only)]
    try:
        with TemporaryDirectory(prefix="holdshort-peers-") as directory:
            lines, version = _played(asked, Path(directory))
    except HoldshortError as failure:
        exit_saying(failure)
    if given.write:
        page.write(lines, "make peers", version)
    valid = not any(line.after.void or line.before.void for line in lines)
    sys.stdout.write(to_json({"peers": _figures(lines), "valid": valid}).decode() + "\n")
    sys.exit(not (valid and all(_clean(line) for line in lines)))


def _played(asked: list[Contestant], room: Path) -> tuple[list[Line], str]:
    """All lines, and the version of the database server."""
    room.chmod(0o711)  # a database server started by root runs as somebody else
    with EmbeddedPostgres(room / "postgres") as server:
        with connect(server, application="peers") as db:
            version = db.info.parameter_status("server_version") or ""
        numbered = enumerate(asked)
        return [line_of(one, room / str(n), server) for n, one in numbered], version


def _figures(lines: list[Line]) -> list[dict[str, object]]:
    return [
        {
            "name": line.contestant.name,
            "version": line.version,
            "after": asdict(line.after),
            "before": asdict(line.before),
        }
        for line in lines
    ]


def _clean(line: Line) -> bool:
    """Whether we kept our own promise; what the others do is no failure of the run."""
    ours, found = line.contestant.package == OURS, (line.after, line.before)
    return not ours or sum(v.duplicates + v.lost for v in found) == 0


def _tell(text: str) -> None:
    sys.stderr.write(f"peers: {text}\n")


if __name__ == "__main__":
    main()
