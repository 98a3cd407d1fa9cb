"""The command that lets a shell complete the others."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print what lets SHELL complete `holdshort`, to be loaded when it starts.

    \b
    bash: holdshort completion bash > ~/.local/share/bash-completion/completions/holdshort
    zsh:  holdshort completion zsh > "${fpath[1]}/_holdshort"
    fish: holdshort completion fish > ~/.config/fish/completions/holdshort.fish
    """
    from deploy.cli import holdshort

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(holdshort, {}, "holdshort", "_HOLDSHORT_COMPLETE").source())
