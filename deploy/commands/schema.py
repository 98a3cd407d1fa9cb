"""`holdshort schema`: what strangers may rely on, written for them and held to."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from deploy.commands import options
from outbox.errors import Conflict, DependencyDown

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

HINT = "leave it as it was, or give what changes another name and version: docs/CONTRACTS.md"


@click.group("schema")
def schema_command() -> None:
    """Describe every shape at rest or on a wire, and see whether it may change so."""


@schema_command.command()
@click.argument("folder", type=FOLDER)
@options.as_json
def export(folder: Path, as_json: bool) -> None:
    """Write JSON Schema, OpenAPI and AsyncAPI into FOLDER."""
    written = []
    for name, text in _contracts().documents():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(name)
    options.answer({"written": written}, "\n".join(written), as_json=as_json)


@schema_command.command()
@click.option("--against", type=FOLDER, help="What was exported, instead of the last release.")
@options.as_json
def check(against: Path | None, as_json: bool) -> None:
    """Refuse what would break those who know the last release."""
    contracts = _contracts()
    found = contracts.broken(against or contracts.RELEASED)
    options.answer({"broken": found}, "\n".join(found) or "nothing breaks", as_json=as_json)
    if found:
        sys.stderr.write(f"  next: {HINT}\n")
        sys.exit(Conflict.exit_code)


def _contracts() -> Any:
    try:
        return import_module("deploy.contracts")
    except ImportError as missing:
        raise DependencyDown(
            f"{missing.name} is not installed, which describes or compares shapes",
            hint="pip install 'holdshort[schema]'",
        ) from None
