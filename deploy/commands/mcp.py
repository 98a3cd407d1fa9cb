"""The command that serves agents over the Model Context Protocol."""

from __future__ import annotations

import click

from deploy.commands import options


@click.command()
@click.option(
    "--listen",
    metavar="HOST:PORT",
    help="Serve HTTP there: each client shows its own token.  Else one client, on stdio.",
)
@options.dsn
def mcp_command(listen: str | None, dsn: str | None) -> None:
    """Let agents propose; no tool approves or sends.  HOLDSHORT_TOKEN says whose it is."""
    from deploy import mcp

    settings = options.settings(dsn=dsn)
    if listen is None:
        mcp.on_stdio(settings)
    else:
        mcp.on_http(settings, listen)
