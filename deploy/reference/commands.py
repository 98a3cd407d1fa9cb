"""Every command of `holdshort`, with its arguments and options."""

from __future__ import annotations

from collections.abc import Iterator

import click

from deploy.cli import holdshort
from deploy.reference.table import head, table

_SAID = """\
Data goes to stdout, talk to stderr; what goes wrong ends with [an exit code](ERRORS.md) and
says the next command. `holdshort COMMAND --help` says the same as this page."""


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Each by what one types, those that only group others among them."""
    yield from _below("holdshort", holdshort, click.Context(holdshort, info_name="holdshort"))


def page() -> str:
    return head("Commands", _SAID) + "".join(
        _said(name, command) for name, command in all_commands() if name != "holdshort"
    )


def _below(
    name: str, command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            below = click.Context(found, info_name=each, parent=context)
            yield from _below(f"{name} {each}", found, below)


def _said(name: str, command: click.Command) -> str:
    with click.Context(command, info_name=name) as context:
        pieces = " ".join(command.collect_usage_pieces(context))
    options = [one for one in command.params if isinstance(one, click.Option)]
    rows = [_row(option) for option in options if not option.hidden]
    told = f"\n## {name}\n\n`{name} {pieces}`\n\n{_plain(command.help)}\n"
    return told + (f"\n{table(('option', 'what it does'), rows)}" if rows else "")


def _row(option: click.Option) -> tuple[str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    return names, f"{option.help or ''}{' *Required.*' if option.required else ''}"


def _plain(said: str | None) -> str:
    """As a paragraph: what click leaves alone in help is no Markdown."""
    return "\n\n".join(
        " ".join(part.replace("\b", "").split()).replace("<", "&lt;")
        for part in (said or "").split("\n\n")
    )
