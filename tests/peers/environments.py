"""An environment for each contestant, by its lock of exact versions and hashes."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from outbox.errors import DependencyDown

HOUSE = Path(__file__).parents[2]
LOCKS = Path(__file__).with_name("locks")
OURS = "holdshort"


def python_of(package: str) -> str:
    """The interpreter that has this package; Holdshort's is the one that runs now."""
    return sys.executable if package == OURS else str(_directory(package) / "bin" / "python")


def install(package: str) -> None:
    """Install it from the package index by pip, unless it is there."""
    done = _directory(package) / "installed"
    lock = LOCKS / f"{package}.txt"
    if package == OURS or (done.exists() and done.read_text() == lock.read_text()):
        return
    venv.create(_directory(package), clear=True, with_pip=True)
    quietly = ("--quiet", "--disable-pip-version-check", "--require-hashes")
    command = [python_of(package), "-m", "pip", "install", *quietly, "-r", str(lock)]
    if subprocess.run(command, check=False).returncode != 0:
        raise DependencyDown(
            f"{package} cannot be installed", hint="this run needs a package index"
        )
    done.write_text(lock.read_text())


def version_of(package: str) -> str:
    """The version that is installed."""
    asking = f"from importlib.metadata import version; print(version({package!r}))"
    command = [python_of(package), "-c", asking]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _directory(package: str) -> Path:
    return HOUSE / ".peers" / package
