"""Every jar that a pom names, fetched once; Maven keeps them, we keep the list."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

from outbox.errors import DependencyDown

_DOWNLOAD = timedelta(minutes=10)
_HINT = "install Java 17 and Maven, or ask for HOLDSHORT_TEST_KAFKA=embedded"


def classpath(pom: Path, name: str) -> str:
    """As `java -cp` takes it.  Raises `DependencyDown` if Maven is not there, or fails."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256(pom.read_bytes()).hexdigest()[:16]
    known = cache / "holdshort-tests" / f"{name}-{digest}.classpath"
    if known.exists() and all(map(os.path.exists, known.read_text().split(os.pathsep))):
        return known.read_text()
    known.parent.mkdir(parents=True, exist_ok=True)
    listed = known.with_suffix(f".{os.getpid()}")
    _built(pom, listed)
    listed.rename(known)
    return known.read_text()


def program(name: str) -> str:
    """Where it is.  Raises `DependencyDown` if it is nowhere."""
    found = shutil.which(name)
    if found is None:
        raise DependencyDown(f"there is no `{name}`", hint=_HINT)
    return found


def _built(pom: Path, listed: Path) -> None:
    goal = ("dependency:build-classpath", f"-Dmdep.outputFile={listed}")
    command = (program("mvn"), "--quiet", "--batch-mode", "--file", str(pom), *goal)
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=_DOWNLOAD.total_seconds(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DependencyDown(f"{command[0]} took more than {_DOWNLOAD}") from None
    if done.returncode:
        raise DependencyDown(f"{command[0]} failed: {(done.stdout + done.stderr)[-2000:]}")
