"""What the kernel says about processes and the ports they listen on."""

from __future__ import annotations

import os
import re
from pathlib import Path

_PROC = Path("/proc")
_LISTENING = "0A"


def alive(pid: int) -> bool:
    """Whether it still runs; one that ended and waits to be buried does not."""
    try:
        return _state_and_parent(pid)[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def descendants(pid: int) -> set[int]:
    """Every living process that `pid` started, directly or not."""
    parents: dict[int, int] = {}
    for entry in _PROC.glob("[0-9]*"):
        try:
            parents[int(entry.name)] = _state_and_parent(int(entry.name))[1]
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {child for child in found - {pid} if alive(child)}


def born_with(mark: str) -> set[int]:
    """Every living process that has `mark` in the environment it was started with."""
    found = set()
    for entry in _PROC.glob("[0-9]*"):
        try:
            if mark.encode() in (entry / "environ").read_bytes() and alive(int(entry.name)):
                found.add(int(entry.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # it ended while we looked, or it is somebody else's
    return found


def listening_addresses(pids: set[int]) -> set[str]:
    """Every address these processes accept TCP connections on, as the kernel writes it."""
    inodes = {inode for pid in pids for inode in _socket_inodes(pid)}
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in (_PROC / "net" / table).read_text().splitlines()[1:]
    ]
    return {row[1] for row in rows if row[3] == _LISTENING and row[9] in inodes}


def _state_and_parent(pid: int) -> tuple[str, int]:
    # The name in brackets may hold anything, brackets and blanks included.
    state, parent = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[:2]
    return state, int(parent)


def _socket_inodes(pid: int) -> set[str]:
    links = (os.readlink(link) for link in (_PROC / str(pid) / "fd").iterdir())
    return {match[1] for link in links if (match := re.fullmatch(r"socket:\[(\d+)\]", link))}
