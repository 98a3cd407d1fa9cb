"""What several commands share: where the database is, who decides, how to answer."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic_core import to_json

from deploy import tracing
from deploy.destinations import destinations
from outbox import spelling
from outbox.cells import Cells
from outbox.failpoints import arm
from outbox.reasons import Because
from outbox.settings import Settings
from outbox.store import Connection, connect

if TYPE_CHECKING:
    from outbox.authority.standing import Standing

by = click.option("--by", "actor", required=True, metavar="NAME", help="Who decides.")
key = click.option(
    "--key", metavar="FILE", help="Your secret key to use instead of HOLDSHORT_KEY_FILE."
)
dsn = click.option("--dsn", help="PostgreSQL to use instead of HOLDSHORT_DSN.")
as_json = click.option("--json", "as_json", is_flag=True, help="Answer with JSON on stdout.")
reason = click.option("--reason", required=True, help="Why, for the receipt.")
because = click.option(
    "--because",
    type=click.Choice([word.value for word in Because]),
    default=Because.OTHER.value,
    show_default=True,
    callback=lambda _context, _option, word: Because(word),
    help="What is wrong with it, to be counted.",
)
_DIGEST = "What you read: of its manifest, see `holdshort show`."
digest = click.option("--digest", required=True, metavar="HEX", help=_DIGEST)
maybe_digest = click.option("--digest", metavar="HEX", help=f"{_DIGEST}  Optional here.")
moment = click.DateTime(["%Y-%m-%dT%H:%M:%S%z"])
intent_id = click.argument("id", type=click.IntRange(min=1), metavar="ID")
artifact_file = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
)


class Time(click.ParamType[object]):
    """A duration like 15s, 10m or 24h."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        try:
            return spelling.duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def settings(**given: str | None) -> Settings:
    """Settings of the environment; options that were given win.

    Arms the failpoints that the environment names: every command that has any comes by.
    """
    named = {f"HOLDSHORT_{name.upper()}": value for name, value in given.items() if value}
    read = Settings.from_env({**os.environ, **named})
    arm(os.environ, destinations=destinations(read))
    return read


def database(dsn: str | None) -> Connection:
    """An open connection to the ledger.  Raises `BadSettings` if nobody says where."""
    given = settings(dsn=dsn)
    tracing.begin(given, "command")
    return connect(given.database(), application="holdshort")


def database_of(tenant: str | None, dsn: str | None) -> Connection:
    """The database in which this tenant lives, if there are several and none is named."""
    given = settings(dsn=dsn)
    if tenant is None or given.cells is None or dsn is not None:
        return database(dsn)
    return Cells.read(given.cells).connected(tenant, application="holdshort")


def read(file: Path) -> bytes:
    """The bytes of a file; `-` is stdin."""
    return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()


def answer(values: object, said: str, *, as_json: bool) -> None:
    """Print one answer: JSON for machines, a sentence for people."""
    click.echo(to_json(values).decode() if as_json else said)


def without_content(one: Standing) -> dict[str, object]:
    """A grant or a delegation as JSON says it, without the bytes that were signed."""
    return {name: value for name, value in asdict(one).items() if name != "content"}
