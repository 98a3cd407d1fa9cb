"""Run the command line as a person would, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        """The last line of stdout."""
        answer: dict[str, object] = json.loads(self.out.splitlines()[-1])
        return answer


def holdshort(*arguments: str, stdin: str = "", **settings: str) -> Said:
    """Run `holdshort`; `settings` are the only HOLDSHORT_ names in its environment.

    Approvals go by names, unless the settings say otherwise.
    """
    return holdshort_of({}, *arguments, stdin=stdin, **settings)


def holdshort_of(
    more: Mapping[str, str], *arguments: str, stdin: str = "", **settings: str
) -> Said:
    """The same, with `more` in its environment: another version, say."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HOLDSHORT_")}
    inherited["HOLDSHORT_APPROVALS"] = "named"
    given = {f"HOLDSHORT_{name.upper()}": value for name, value in settings.items()}
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", *arguments],
        env={**inherited, **more, **given},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
