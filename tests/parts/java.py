"""Programs in Java, and the driver of PostgreSQL that Maven has for them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from outbox.errors import DependencyDown
from tests.parts import maven

FOLDER = Path(__file__).parents[1] / "contracts" / "java"
POM = FOLDER / "pom.xml"


def java(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this program with these arguments; skips the test without Java 17, but in CI."""
    try:
        found, driver = maven.program("java"), maven.classpath(POM, "jdbc")
    except DependencyDown as missing:
        _missing(str(missing))
    return subprocess.run(
        [found, "-XX:TieredStopAtLevel=1", "-cp", driver, FOLDER / program, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _missing(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
