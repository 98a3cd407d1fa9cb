"""The command that takes what was said away: erase."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from deploy.commands import options
from outbox.erasing import Addressed, Eraser
from outbox.errors import Conflict

EVERY = 100
"""How many erasures each line of progress tells of."""


@click.command()
@click.argument("id", type=click.IntRange(min=1), metavar="[ID]", required=False)
@click.option("--recipient", metavar="ADDRESS", help="Everything that was ever to it instead.")
@options.reason
@options.by
@options.dsn
@options.as_json
def erase_command(
    id: int | None,
    recipient: str | None,
    reason: str,
    actor: str,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Take what intent ID said away, for good: bytes, recipients, findings.

    Its receipts stay and verify.  Only what is sent, rejected, withdrawn or expired can be
    erased.  Backups and exported copies are not reached.
    """
    if (id is None) == (recipient is None):
        raise click.UsageError("name an intent, or --recipient ADDRESS")
    with options.database(dsn) as connection:
        eraser = Eraser(connection, actor=actor, reason=reason)
        if id is not None:
            eraser.erase(id)
            said = f"what intent {id} said is erased by {actor}; its receipts stay"
            options.answer({"erased": [id], "left": []}, said, as_json=as_json)
            return
        erased, left = _all(eraser, eraser.addressed(recipient or ""))
    lines = [f"{one['id']:>6}  {one['why']}\n        {one['next']}" for one in left]
    said = "\n".join([f"{len(erased)} are erased, {len(left)} are left", *lines])
    options.answer({"erased": erased, "left": left}, said, as_json=as_json)
    if left:
        sys.exit(Conflict.exit_code)


def _all(
    eraser: Eraser, found: Iterable[Addressed]
) -> tuple[list[int], list[dict[str, object]]]:
    """Erase one after the other: what is done stays done, whatever comes after it."""
    erased: list[int] = []
    left: list[dict[str, object]] = []
    for one in found:
        try:
            eraser.erase(one.id)
        except Conflict as conflict:
            left.append({"id": one.id, "why": str(conflict), "next": conflict.hint})
            continue
        erased.append(one.id)
        if len(erased) % EVERY == 0:
            click.echo(f"{len(erased)} are erased ...", err=True)
    return erased, left
