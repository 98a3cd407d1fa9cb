"""Commands of whoever holds a root key: enrol who may approve, revoke, list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deploy.commands import options

if TYPE_CHECKING:
    from consumers.reviewers import Reviewer

THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
root = click.option(
    "--root", required=True, type=THERE, metavar="FILE", help="The root's secret key."
)


@click.group()
def reviewer_command() -> None:
    """Whose signatures count as approvals: keys that a root has enrolled."""


@reviewer_command.command("enrol")
@click.argument("person", metavar="NAME")
@click.option(
    "--key",
    "public",
    required=True,
    type=THERE,
    metavar="FILE",
    help="NAME's public key, as `holdshort key create` printed it, or a passkey.",
)
@root
@click.option("--until", type=options.moment, help="Until then only, 2030-01-31T09:00:00+0000.")
@options.dsn
@options.as_json
def enrol_command(
    person: str,
    public: Path,
    root: Path,
    until: dt.datetime | None,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Let NAME approve with the key whose public half is in FILE."""
    from consumers import keyfile, reviewers
    from schemas.authority import holders
    from schemas.authority.documents import Enrolment

    with reviewers.legible():
        key = holders.of_file(options.read(public))
    now = dt.datetime.now(dt.UTC)
    said = Enrolment(person=person, key=key, not_before=now, not_after=until)
    with options.database(dsn) as connection:
        reviewers.enrol(connection, said, keyfile.load(root, "--root"))
    told = (
        f"{person} may approve with the key {key.name}\n"
        f"  next: holdshort approve ID --digest DIGEST --by '{person}' --key FILE"
    )
    options.answer({"person": person, "key": key.name}, told, as_json=as_json)


@reviewer_command.command("revoke")
@click.argument("named", metavar="KEY|DOCUMENT")
@root
@options.reason
@options.dsn
@options.as_json
def revoke_command(named: str, root: Path, reason: str, dsn: str | None, as_json: bool) -> None:
    """Let a KEY, or a signed approval by the digest of its DOCUMENT, count no longer.

    For good; in time until the moment of a permit.
    """
    from consumers import keyfile, reviewers

    with options.database(dsn) as connection:
        reviewers.revoke(connection, named, keyfile.load(root, "--root"), reason)
    options.answer({"revoked": named}, f"{named} counts no longer", as_json=as_json)


@reviewer_command.command("list")
@options.dsn
@options.as_json
def list_command(dsn: str | None, as_json: bool) -> None:
    """List whose keys are enrolled, the oldest first.

    With HOLDSHORT_TRUST it says which of them a sender believes.
    """
    from consumers import reviewers
    from deploy import authority

    given = options.settings(dsn=dsn)
    roots = None if given.trust is None else authority.roots_of(given)
    with options.database(dsn) as connection:
        found = reviewers.reviewers(connection, roots)
    said = "\n".join(map(_line, found)) or (
        "nobody may approve\n"
        "  next: holdshort reviewer enrol NAME --key PUBLIC.json --root root.pem"
    )
    options.answer(found, said, as_json=as_json)


def _line(one: Reviewer) -> str:
    until = "" if one.not_after is None else f", until {one.not_after:%Y-%m-%d %H:%M %Z}"
    revoked = "" if one.revoked is None else f", revoked: {one.revoked}"
    doubted = ", by a root that is not trusted" if one.trusted is False else ""
    return f"{one.key}  {one.person}{until}{revoked}{doubted}"
