"""`python -m tests.kill_sweep`: every system call once; the last line is the result."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic_core import to_json

from deploy import logs
from deploy.failures import exit_saying
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.sink import MailSink
from outbox.errors import HoldshortError
from outbox.store import connect
from schemas.migrate import upgrade
from tests import reliability
from tests.kill_sweep import tracing
from tests.kill_sweep.sweep import LARGE, SMALL, Point, Sweep, judged, sweep_of

AT_LEAST = 300
"""Kill points below which a whole sweep proves nothing."""


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


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.kill_sweep")
    arguments.add_argument("--write", action="store_true", help=f"into {reliability.PAGE.name}")
    given = arguments.parse_args()
    logs.configure("json")
    try:
        tracing.program()
    except HoldshortError as missing:
        exit_saying(missing)
    with TemporaryDirectory(prefix="holdshort-kills-") as directory:
        room = Path(directory)
        room.chmod(0o711)  # a database server started by root runs as somebody else
        with EmbeddedPostgres(room / "postgres") as dsn, MailSink(room / "mail") as sink:
            upgrade(dsn)
            with (
                connect(dsn, application="sweep") as db,
                sweep_of(room, dsn, db, sink) as sweep,
            ):
                found = judged(every_point(sweep, room), sink)
    valid = found.points >= AT_LEAST
    line = {**asdict(found), "valid": valid}
    if given.write:
        not_run = "Postfix: only the mail sink, over STARTTLS"
        reliability.write("kill-sweep", "make kill-sweep", line, not_run)
    sys.stdout.write(to_json(line).decode() + "\n")
    sys.exit(not (valid and found.clean))


def _tell(line: str) -> None:
    sys.stderr.write(f"kill-sweep: {line}\n")


if __name__ == "__main__":
    main()
