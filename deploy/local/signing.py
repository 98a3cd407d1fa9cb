"""A root and one person who approves, for whoever only tries it: keys in one folder.

Whoever has the folder can do everything.  Where it matters, the root's secret is kept away
from every machine that runs anything.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from consumers import keyfile, reviewers
from outbox.store import Connection
from schemas.authority.documents import Enrolment
from schemas.receipts.keys import Signer, trust_file

PERSON = "ada"


@dataclass(frozen=True, slots=True)
class Signing:
    """Where the keys are."""

    root: Path
    trust: Path
    """The root's public half: what a sender believes."""
    key: Path
    """The secret key of `PERSON`."""


def signing_in(directory: Path) -> Signing:
    """The keys in this directory, made if they are not there."""
    directory.mkdir(parents=True, exist_ok=True)
    found = Signing(*(directory / name for name in ("root.pem", "root.json", f"{PERSON}.pem")))
    made(found.key)
    found.trust.write_text(trust_file(made(found.root).key), encoding="utf-8")
    return found


def made(file: Path) -> Signer:
    """The secret key in this file, made if it is not there."""
    return keyfile.load(file) if file.exists() else keyfile.create(file)


def enrol_at_first(connection: Connection, found: Signing) -> Signer:
    """Let `PERSON` approve here, if they may not yet; give back their key."""
    signer = keyfile.load(found.key)
    enrolled = {one.key for one in reviewers.reviewers(connection, None)}
    if signer.key.name not in enrolled:
        said = Enrolment(
            person=PERSON,
            key=signer.key,
            not_before=dt.datetime.now(dt.UTC),
            not_after=None,
        )
        reviewers.enrol(connection, said, keyfile.load(found.root))
    return signer
