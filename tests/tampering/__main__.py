"""`python -m tests.tampering COUNT SEED`: so many worlds, each changed in one place."""

from __future__ import annotations

import logging
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from tests.parts.database import picked_server
from tests.tampering.campaign import tampered, world_of


def main(count: str = "10000", seed: str = "") -> int:
    seed = seed or str(random.randrange(10**6))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with TemporaryDirectory(prefix="holdshort-") as directory:
        room = Path(directory)
        room.chmod(0o711)
        with (
            picked_server(room / "postgres") as server,
            world_of(server, room / "mail", int(seed)) as world,
        ):
            figures = tampered(world, int(count))
    for place, worlds in figures.worlds.items():
        claimed, asked = figures.claimed[place], figures.asked[place]
        sys.stdout.write(f"{worlds:6} {place}: {claimed} claimed, {asked} asked for a permit\n")
    total = sum(figures.worlds.values())
    controls = f"{figures.controls} unchanged in between were sent"
    sys.stdout.write(f"seed {seed}: {total} worlds, {len(figures.left)} sent; {controls}\n")
    sys.stdout.writelines(f"{one}\n" for one in figures.left)
    return len(figures.left)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
