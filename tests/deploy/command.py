"""Run the command line as a person would, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HOLDSHORT_")}
    inherited["HOLDSHORT_APPROVALS"] = "named"
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", *arguments],
        env={**inherited, **{f"HOLDSHORT_{k.upper()}": v for k, v in settings.items()}},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
