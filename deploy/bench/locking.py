"""Lock every peer that comes by npm again: `python -m deploy.bench.locking`.

Versions and hashes, and no address: so a lock works with any mirror of the registry.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from deploy.bench.environments import LOCK, LOCKS, program


def lock(directory: Path) -> None:
    """Resolve what the package.json in this directory asks for, and write its lock."""
    file = directory / LOCK
    file.unlink(missing_ok=True)
    only = ("--package-lock-only", "--omit-lockfile-registry-resolved", "--ignore-scripts")
    quietly = ("--silent", "--no-audit", "--no-fund")
    subprocess.run([program("npm"), "install", *only, *quietly], cwd=directory, check=True)
    locked = json.loads(file.read_text("utf-8"))
    for package in locked["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(locked, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for manifest in LOCKS.glob("*/package.json"):
        lock(manifest.parent)
