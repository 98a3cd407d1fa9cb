"""Temporary files in memory, where there is room for them.

There an `fsync` costs nothing, and every setting of a database stays as safe as the product
asks for: the tests kill processes, never the machine.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ENOUGH = 2 << 30
"""Bytes: a suite that runs twice at once needs a quarter of them."""


def use_memory() -> None:
    """For this process and all that it starts, unless TMPDIR says where."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def _has_room() -> bool:
    if not os.access(_MEMORY, os.W_OK):
        return False
    disk = os.statvfs(_MEMORY)
    runs_programs = not disk.f_flag & os.ST_NOEXEC  # those that root lends to a server's user
    return runs_programs and min(disk.f_bavail * disk.f_frsize, _available()) > _ENOUGH


def _available() -> int:
    """Bytes of memory that may still be asked for."""
    said = Path("/proc/meminfo").read_text("ascii")
    known = re.search(r"MemAvailable: +(\d+) kB", said)
    return int(known[1]) * 1024 if known else 0
