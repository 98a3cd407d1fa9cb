"""The command with which a person approves: one intent, or several, each by its digest."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from consumers.approving import Given, Item, approve_each, approve_one
from deploy.authority import signer_of
from deploy.commands import options
from deploy.commands.unmasking import told
from outbox.attention.decoys import flaws
from outbox.errors import BadSettings

_LINE = re.compile(r"(\d{1,18})\s+([0-9a-f]{64})")
_FAILED = 1


class How(TypedDict):
    """Who approves, how, and how to answer."""

    hold: dt.timedelta | None
    actor: str
    delegator: str | None
    key: str | None
    dsn: str | None
    as_json: bool


@click.command()
@click.argument("ids", type=click.IntRange(min=1), metavar="ID...", nargs=-1)
@click.option(
    "--digest",
    "digests",
    multiple=True,
    metavar="HEX",
    help="What you read: of its manifest, see `holdshort show`.  Once for each ID.",
)
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Lines of an ID and its digest; - is stdin.",
)
@click.option(
    "--hold", type=options.Time(), help="Nothing leaves before: 5m.  Until then: revoke."
)
@options.by
@click.option(
    "--for", "delegator", metavar="NAME", help="In whose place: they have delegated to you."
)
@options.key
@options.dsn
@options.as_json
def approve_command(
    ids: tuple[int, ...], digests: tuple[str, ...], file: Path | None, **how: Unpack[How]
) -> None:
    """Authorise one attempt to send intent ID, if its manifest has this digest.

    Of several, each is looked at and approved by itself: a bad one stops no other, is shown,
    and makes the exit code 1.
    """
    if len(ids) != len(digests):
        raise click.UsageError("say one --digest for each ID, in the same order")
    items = [Item(*one) for one in zip(ids, digests, strict=True)]
    items += [] if file is None else _lines(options.read(file).decode("utf-8", "replace"))
    if not items:
        raise click.UsageError("say an ID and its --digest, or --from FILE")
    if len({item.id for item in items}) != len(items):
        raise BadSettings("an intent is named twice", hint="name each once")
    if file is None and len(items) == 1:
        _one(items[0], **how)
    else:
        _each(items, **how)


def _lines(text: str) -> Iterator[Item]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            read = _LINE.fullmatch(line.strip())
            if read is None:
                raise BadSettings(
                    f"line {number} is not an ID and a digest",
                    hint="nothing was approved; write lines like: 7 abab...",
                )
            yield Item(int(read[1]), read[2])


def _given(how: How) -> Given:
    settings = options.settings(dsn=how["dsn"], key_file=how["key"])
    hold = settings.approval_hold if how["hold"] is None else how["hold"]
    signer = signer_of(settings)
    return Given(how["actor"], settings.approval_valid_for, hold, signer, how["delegator"])


def _one(item: Item, **how: Unpack[How]) -> None:
    given = _given(how)
    with options.database(how["dsn"]) as connection:
        missing, signed = approve_one(connection, item, given)
        wrong = flaws(connection, [item.id]).get(item.id)
    values: dict[str, object] = {
        "id": item.id,
        "digest": item.digest,
        "by": given.by,
        "missing": missing,
    }
    values |= {"key": signed and signed.key, "decoy": wrong}
    said = told(_told(item.id, missing, given), item.id, wrong)
    options.answer(values, said, as_json=how["as_json"])


def _told(id: int, missing: int, given: Given) -> str:
    if missing:
        more = f"it waits for {missing} more at least"
        return f"intent {id} has the yes of {given.by}; {more}: holdshort policy show"
    said = f"intent {id} is approved by {given.by}, for one attempt within"
    said += f" {given.valid_for}"
    if given.hold:
        undo = f"holdshort revoke {id} --reason WHY --by NAME"
        said += f"; held for {given.hold}, until then: {undo}"
    return said


def _each(items: Sequence[Item], **how: Unpack[How]) -> None:
    given = _given(how)
    with options.database(how["dsn"]) as connection:
        outcomes = approve_each(connection, items, given)
    lines = [
        told(_told(one.id, one.missing, given), one.id, one.decoy)
        if one.error is None
        else f"intent {one.id} is not approved: {one.error}\n  next: {one.hint}"
        for one in outcomes
    ]
    options.answer(outcomes, "\n".join(lines), as_json=how["as_json"])
    if any(one.error is not None for one in outcomes):
        sys.exit(_FAILED)
