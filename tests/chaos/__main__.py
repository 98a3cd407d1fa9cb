"""`python -m tests.chaos`: one run; the last line of stdout is its result, as JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic_core import to_json

from deploy import logs
from tests import reliability
from tests.chaos.parts import Parts
from tests.chaos.plan import AN_HOUR, floor_of
from tests.chaos.run import Result, Run, tell


def soak(seed: int, length: dt.timedelta) -> Result:
    """Run it in a directory of its own, which goes afterwards."""
    with TemporaryDirectory(prefix="holdshort-chaos-") as directory:
        room = Path(directory)
        room.chmod(0o711)  # a database server started by root runs as somebody else
        with Parts(room) as parts:
            return Run(parts, seed, length).result()


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.chaos")
    arguments.add_argument("--seconds", type=int, default=int(AN_HOUR.total_seconds()))
    arguments.add_argument("--seed", type=int, default=random.randrange(2**32))
    arguments.add_argument("--write", action="store_true", help=f"into {reliability.PAGE.name}")
    given = arguments.parse_args()
    logs.configure("json")
    length = dt.timedelta(seconds=given.seconds)
    tell(f"seed {given.seed}, {length} under faults")
    result = soak(given.seed, length)
    floor = floor_of(length)
    valid = result.is_above(floor)
    if not valid:
        tell(f"INVALID: not drained, or below the floor: {floor}")
    line = {**asdict(result), "valid": valid}
    if given.write:
        command = f"make chaos SECONDS_TOTAL={given.seconds} SEED={given.seed}"
        reliability.write("chaos", command, line, _not_run(length))
    sys.stdout.write(to_json(line).decode() + "\n")
    sys.exit(not (valid and result.clean))


def _not_run(length: dt.timedelta) -> str:
    always = "Apache Kafka, cut connections to the broker, machines that lose their power"
    return always if length >= AN_HOUR else f"the full hour; {always}"


if __name__ == "__main__":
    main()
