"""Prometheus's own tool, which judges rules, queries and metrics."""

from __future__ import annotations

import shutil
import subprocess

import pytest

with_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="install the package prometheus"
)


def promtool(*arguments: str, given: str = "") -> str:
    """What it says; it fails where anything is wrong."""
    done = subprocess.run(
        ["promtool", *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
