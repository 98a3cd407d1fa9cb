"""Programs in Java, and the driver of PostgreSQL that Maven has for them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

FOLDER = Path(__file__).parents[1] / "contracts" / "java"
POM = FOLDER / "pom.xml"


def java(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this program with these arguments; skips the test without Java 17, but in CI."""
    if not (found := shutil.which("java")):
        _missing("java is not there")
    return subprocess.run(
        [found, "-XX:TieredStopAtLevel=1", "-cp", _driver(), FOLDER / program, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _driver() -> str:
    """Where the driver is; fetched once."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    known = cache / "holdshort-tests" / f"jdbc-{digest}.classpath"
    if known.exists() and all(map(os.path.exists, known.read_text().split(os.pathsep))):
        return known.read_text()
    known.parent.mkdir(parents=True, exist_ok=True)
    goal = ["dependency:build-classpath", f"-Dmdep.outputFile={known}"]
    if not (maven := shutil.which("mvn")):
        _missing("mvn is not there")
    done = subprocess.run(
        [maven, "--quiet", "--batch-mode", "--file", POM, *goal],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        _missing(f"Maven has no driver of PostgreSQL: {done.stdout[-300:]}")
    return known.read_text()


def _missing(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
