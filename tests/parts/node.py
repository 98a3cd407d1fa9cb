"""Programs of Node.js, and the packages of npm that the tests of contracts take.

The packages are fetched once, by their hashes; npm keeps nothing that we do not name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "contracts" / "node"
BIN = Path(sys.executable).parent


def packages() -> Path:
    """The folder with `node_modules`; where npm has none to give, skips the test, but in CI."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()[:16]
    kept = cache / "holdshort-tests" / f"node-{digest}"
    if not kept.exists():
        _fetch(kept)
    return kept


def node(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Node.js 24 with these arguments, where its programs find those packages."""
    return subprocess.run(
        [BIN / "node", *arguments],
        env={**os.environ, "NODE_PATH": str(packages() / "node_modules"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _fetch(kept: Path) -> None:
    fresh = kept.with_name(f"{kept.name}-{os.getpid()}")
    fresh.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(FOLDER / name, fresh)
    done = subprocess.run(
        [BIN / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=fresh,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0 and not kept.exists():
        fresh.rename(kept)
    shutil.rmtree(fresh, ignore_errors=True)
    if not kept.exists():
        why = f"npm has not what the tests of contracts take: {done.stderr.strip()[-300:]}"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
