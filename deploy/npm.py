"""Packages of others as the npm registry has them: fetched, and checked by their hashes."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """One version of a package."""

    name: str
    """With its version, as npm is asked for it."""
    sha512: str
    """Of the package, in base64."""

    def packed(self, directory: Path) -> Path:
        """Fetch it into an empty directory.  Raises `OSError` if it is not to be had."""
        beside = Path(sys.executable).with_name("npm")
        npm = str(beside) if beside.exists() else shutil.which("npm") or "npm"
        done = subprocess.run(
            [npm, "pack", "--silent", self.name],
            cwd=directory,
            capture_output=True,
            text=True,
            check=False,
        )
        packages = list(directory.glob("*.tgz"))
        if done.returncode or len(packages) != 1:
            raise OSError(f"npm has no {self.name}: {done.stderr.strip()[-300:]}")
        return self.checked(packages[0])

    def checked(self, file: Path) -> Path:
        """The file again.  Raises `OSError` if it is not this package."""
        digest = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
        if digest != self.sha512:
            raise OSError(f"{self.name} is not what it was when it was looked at")
        return file
