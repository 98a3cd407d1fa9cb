"""The command that runs the console."""

from __future__ import annotations

import click

from deploy.commands import options


@click.command()
@click.option("--as", "name", metavar="NAME", help="Print a link that signs NAME in, once.")
@options.dsn
def console_command(name: str | None, dsn: str | None) -> None:
    """Run the pages on which people review, approve and resolve, until Ctrl-C."""
    from consumers.console.signin.link import link
    from consumers.console.signin.ways import origin_of
    from deploy import running

    settings = options.settings(dsn=dsn)
    if name is None:
        click.echo("to sign in: holdshort signin NAME --by NAME prints a link", err=True)
    else:
        with options.database(dsn) as connection:
            click.echo(link(connection, origin_of(settings), name, actor=name))
    running.run("console", settings)
