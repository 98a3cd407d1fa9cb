"""Commands of the policy: show what is in force, put another in its place, look back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from deploy.commands import options
from deploy.commands.reviewer import THERE
from outbox import queries
from outbox.policy import reading
from outbox.policy.document import Policy, parse
from outbox.policy.setting import set_policy

if TYPE_CHECKING:
    from outbox.authority.documents import Document
    from outbox.policy.reading import Revision
    from outbox.store import Connection


@click.group()
def policy_command() -> None:
    """Whose yes it takes before something leaves, and how many: data with revisions."""


@policy_command.command("show")
@options.dsn
@options.as_json
def show_command(dsn: str | None, as_json: bool) -> None:
    """Show the policy in force; --json is a FILE for `set`."""
    from pydantic_core import to_json

    last = _history(dsn)[0]
    said = to_json(last.document, indent=2).decode()
    options.answer(last.document, f"{_line(last)}\n{said}", as_json=as_json)


@policy_command.command("history")
@options.dsn
@options.as_json
def history_command(dsn: str | None, as_json: bool) -> None:
    """List every revision, the newest first."""
    found = _history(dsn)
    options.answer(found, "\n".join(map(_line, found)), as_json=as_json)


@policy_command.command("set")
@options.artifact_file
@click.option(
    "--root",
    type=THERE,
    metavar="FILE",
    help="A root's secret key, to sign it: needed where approvals are signed.",
)
@options.by
@options.dsn
@options.as_json
def set_command(
    file: Path, root: Path | None, actor: str, dsn: str | None, as_json: bool
) -> None:
    """Put the policy in FILE in force, in place of the last.

    What was approved under an older one leaves only if the new one asks for no more.
    """
    policy, revision = parse(options.read(file)), _history(dsn)[0].revision + 1
    with options.database(dsn) as connection:
        signed = None if root is None else _signed(connection, policy, revision, root)
        set_policy(connection, policy, revision=revision, actor=actor, signed=signed)
    said = f"revision {revision} of the policy is in force, set by {actor}"
    if signed is not None:
        said += (
            f"\n  next: let senders go back behind none: HOLDSHORT_POLICY_AT_LEAST={revision}"
        )
    values = {"revision": revision, "by": actor, "key": signed and signed.key}
    options.answer(values, said, as_json=as_json)


@policy_command.command("preview")
@options.artifact_file
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=30,
    show_default=True,
    help="How far to look back.",
)
@options.dsn
@options.as_json
def preview_command(file: Path, days: int, dsn: str | None, as_json: bool) -> None:
    """Say what the policy in FILE would have done lately; nothing changes.

    Beside it stands what was really done, and what people have said.
    """
    from deploy.previewing import told
    from outbox.policy.preview import preview

    policy, settings = parse(options.read(file)), options.settings(dsn=dsn)
    with queries.reader(settings.database()).connect() as connection:
        found = preview(connection, policy, days=days, otherwise=settings.review_below)
    options.answer(found, told(found), as_json=as_json)


def _history(dsn: str | None) -> tuple[Revision, ...]:
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        return reading.history(connection)


def _signed(connection: Connection, policy: Policy, revision: int, root: Path) -> Document:
    from consumers import keyfile
    from outbox.authority.documents import installation
    from schemas.authority import signing
    from schemas.authority.keeping import kept
    from schemas.authority.policies import Ruling

    said = Ruling(log=installation(connection), revision=revision, policy=policy)
    return kept(signing.signed(said, keyfile.load(root, "--root")), "policy")


def _line(one: Revision) -> str:
    signed = ", signed by a root" if one.signed else ""
    return (
        f"revision {one.revision}, set by {one.set_by} at {one.set_at:%Y-%m-%d %H:%M}{signed}"
    )
