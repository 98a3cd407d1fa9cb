"""Attach strace to a process, to count its system calls or to kill it at one of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from outbox.errors import DependencyDown


def program() -> str:
    """Raises `DependencyDown` where there is no strace."""
    found = shutil.which("strace")
    if found is None:
        raise DependencyDown("strace is not installed", hint="install the package strace")
    return found


@contextmanager
def traced(pid: int, *options: str) -> Iterator[None]:
    """Traced from the beginning of the block until the process ends."""
    command = [program(), "-f", "-p", str(pid), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        if "attached" not in said:
            strace.kill()
            raise DependencyDown(f"strace may not trace process {pid}: {said.strip()}")
        yield
        strace.communicate()


@dataclass(frozen=True, slots=True)
class Call:
    """The N-th time that a process makes this system call; strace counts each by itself."""

    name: str
    number: int


def kill_at(call: Call) -> tuple[str, ...]:
    """SIGKILL in place of this system call."""
    return ("-e", f"inject={call.name}:signal=KILL:when={call.number}", "-o", "/dev/null")


def written_to(log: Path) -> tuple[str, ...]:
    return ("-o", str(log))


def calls_in(log: Path) -> list[Call]:
    """Every system call that was made, in order, the one that ends the process included."""
    seen: Counter[str] = Counter()
    calls = []
    for name in re.findall(r"^\d+ +(\w+)\(", log.read_text(errors="replace"), re.MULTILINE):
        seen[name] += 1
        calls.append(Call(name, seen[name]))
    return calls
