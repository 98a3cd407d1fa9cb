"""Commands about receipts that need the attester's key or the database: key, receipt."""

from __future__ import annotations

from pathlib import Path

import click

from deploy.commands import options

FILE = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def key_command() -> None:
    """Make or show a key: of an attester, of a root, or of a person who approves."""


@key_command.command("create")
@click.argument("file", type=FILE)
def create_command(file: Path) -> None:
    """Make a new secret key in FILE and print the trust file for whoever verifies."""
    from consumers import keyfile
    from schemas.receipts.keys import trust_file

    click.echo(trust_file(keyfile.create(file).key), nl=False)
    click.echo(f"  next: export HOLDSHORT_ATTEST_KEY_FILE={file.absolute()}", err=True)


@key_command.command("show")
@click.argument("file", type=FILE)
def show_command(file: Path) -> None:
    """Print the trust file of the secret key in FILE, without the secret."""
    from consumers import keyfile
    from schemas.receipts.keys import trust_file

    click.echo(trust_file(keyfile.load(file).key), nl=False)


@click.command()
@click.argument("id", type=click.IntRange(min=1), metavar="[ID]", required=False)
@click.option("--log", "whole", is_flag=True, help="The whole log instead of one intent.")
@click.option("--out", type=FILE, help="Write to this file instead of stdout.")
@click.option(
    "--since", type=THERE, help="A checkpoint from before: show that the log continues it."
)
@options.dsn
def receipt_command(
    id: int | None, whole: bool, out: Path | None, since: Path | None, dsn: str | None
) -> None:
    """Write the receipts of intent ID as a bundle that anybody can verify offline.

    Signing how many there are needs the attester's key.
    """
    from consumers import keyfile
    from deploy import exporting
    from outbox import proofs, queries

    if whole == (id is not None) or (whole and since):
        raise click.UsageError("name an intent, or say --log; --since goes with an intent")
    given = options.settings(dsn=dsn)
    with queries.reader(given.database()).connect() as connection:
        if id is None:
            content = exporting.of_log(connection).written()
        else:
            queries.dossier(connection, id)
            signer = keyfile.load(given.attest_key_file)
            before = options.read(since).decode("utf-8", "replace") if since else ""
            content = exporting.of_intent(connection, id, signer, since=before).written()
        missing = proofs.unattested(connection, intent=id)
    if missing:
        click.echo(
            f"{missing} more receipts are not in the log yet: holdshort run attester", err=True
        )
    _write(content, out)


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(out), error.strerror) from None
    click.echo(f"  next: holdshort verify {out} --trust keys.json", err=True)
