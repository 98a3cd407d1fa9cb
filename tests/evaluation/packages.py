"""Data of others, as npm has it: fetched once, kept beside, and never committed."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.npm import Package


def fetched(package: Package) -> Path:
    """The package, fetched if need be.  Raises `OSError` if it is not to be had, or another."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kept = cache / "holdshort-tests" / f"{package.name.replace('/', '-')}.tgz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as directory:
            package.packed(Path(directory)).replace(kept)
    return package.checked(kept)
