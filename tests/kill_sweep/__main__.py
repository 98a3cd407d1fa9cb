"""`python -m tests.kill_sweep`: every system call once, before every mail server there is.

The last line of stdout is the result, as JSON.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic_core import to_json

from deploy import logs
from deploy.failures import exit_saying
from deploy.local.databases import temporary_database
from deploy.local.postgres import EmbeddedPostgres
from outbox.errors import HoldshortError
from outbox.store import connect
from schemas.migrate import upgrade
from tests import reliability
from tests.kill_sweep import tracing
from tests.kill_sweep.judging import Figures, Point, judged, total
from tests.kill_sweep.servers import Kind, kinds, not_run
from tests.kill_sweep.sweep import LARGE, SMALL, Sweep, sweep_of
from tests.parts import postfix

AT_LEAST = 300
"""Kill points below which a whole sweep over one server proves nothing."""
Found = Mapping[Kind, Figures]


def every_point(sweep: Sweep, room: Path) -> list[Point]:
    """Kill at every system call, with a small mail and with a large one."""
    points: list[Point] = []
    for mail in (SMALL, LARGE):
        calls = sweep.calls(mail, room / "strace.log")
        _tell(f"{len(calls)} system calls from before the claim to after the receipt")
        for call in calls:
            if (point := sweep.kill(mail, call)) is not None:
                points.append(point)
            if len(points) % 50 == 0:
                _tell(f"killed {len(points)} times")
    return points


def whole_sweep(kind: Kind, database_server: str, room: Path) -> Figures:
    """One mail server and one new database."""
    _tell(f"{kind.name} ({kind.version})")
    room.mkdir(mode=0o711)
    with (
        temporary_database(database_server) as dsn,
        kind.started(room / "mail") as server,
        connect(dsn, application="sweep") as db,
    ):
        upgrade(dsn)
        with sweep_of(room, dsn, db, server) as sweep:
            return judged(every_point(sweep, room), server)


def all_servers() -> Found:
    with TemporaryDirectory(prefix="holdshort-kills-") as directory:
        room = Path(directory)
        room.chmod(0o711)  # servers started by root run as somebody else
        with EmbeddedPostgres(room / "postgres") as dsn:
            return {
                kind: whole_sweep(kind, dsn, room / str(number))
                for number, kind in enumerate(kinds())
            }


def is_valid(found: Found) -> bool:
    return all(figures.points >= AT_LEAST for figures in found.values())


def write(found: Found) -> None:
    """The page: all together, then each server in a line."""
    each = {
        f"{kind.name} ({kind.version})": ", ".join(
            f"{name} {count}" for name, count in asdict(figures).items()
        )
        for kind, figures in found.items()
    }
    line = {**asdict(total(found.values())), **each, "valid": is_valid(found)}
    reliability.write("kill-sweep", "make kill-sweep", line, not_run())


def result(found: Found) -> dict[str, object]:
    """All together, then each server by its name."""
    each = {
        kind.name: {"version": kind.version, **asdict(figures)}
        for kind, figures in found.items()
    }
    together = asdict(total(found.values()))
    return {**together, "servers": each, "not_run": not_run(), "valid": is_valid(found)}


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.kill_sweep")
    arguments.add_argument("--write", action="store_true", help=f"into {reliability.PAGE.name}")
    given = arguments.parse_args()
    logs.configure("json")
    try:
        tracing.program()
    except HoldshortError as missing:
        exit_saying(missing)
    if why := postfix.missing():
        _tell(why)
    found = all_servers()
    if given.write:
        write(found)
    sys.stdout.write(to_json(result(found)).decode() + "\n")
    sys.exit(not (is_valid(found) and total(found.values()).clean))


def _tell(line: str) -> None:
    sys.stderr.write(f"kill-sweep: {line}\n")


if __name__ == "__main__":
    main()
