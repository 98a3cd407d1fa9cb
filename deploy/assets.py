"""What a console's pages load and nobody here wrote: taken from the npm registry, and checked.

It is not in the repository; building or installing from it fetches it once.  Without it the
pages do everything as well, but do not change while one looks.
"""

from __future__ import annotations

import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import consumers.console
from deploy.npm import Package

HTMX = Package(
    name="htmx.org@4.0.1",
    sha512="oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
)
FILES = ("dist/htmx.min.js", "dist/ext/hx-csp.min.js", "dist/ext/hx-sse.min.js", "LICENSE")
PLACE = Path(consumers.console.__file__).parent / "static" / "htmx"


def fetch() -> None:
    """Put the files in their place.  Raises `OSError` if they are not to be had."""
    with TemporaryDirectory() as directory:
        package = HTMX.packed(Path(directory))
        PLACE.mkdir(exist_ok=True)
        with tarfile.open(package) as archive:
            for name in FILES:
                file = archive.extractfile(f"package/{name}")
                assert file is not None
                (PLACE / Path(name).name).write_bytes(file.read())


if __name__ == "__main__":
    try:
        fetch()
    except OSError as why:  # it is no reason not to install
        sys.stderr.write(f"pages will not change while one looks at them: {why}\n")
