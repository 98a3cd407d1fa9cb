"""The command that shows the main job, on parts of its own."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from pydantic_core import to_json

from deploy.commands import options

REPORT = Path("holdshort-demo.html")


@click.command()
@click.option("--dsn", help="Use a database of its own on this PostgreSQL server.")
@click.option("--kafka", help="Use this broker, host:port.")
@click.option("--report", type=click.Path(path_type=Path), default=REPORT, show_default=True)
@click.option("--no-open", is_flag=True, help="Do not open the report in a browser.")
@options.as_json
def demo_command(
    dsn: str | None, kafka: str | None, report: Path, no_open: bool, as_json: bool
) -> None:
    """Show the main job: proposed, scored, approved, sent once; one sender killed.

    Its mail server is always its own: it is the one that counts.
    """
    from deploy.demo import demo
    from deploy.report import draw
    from outbox.settings import Settings

    # Not from the environment: unless told otherwise here, everything is its own.
    given = Settings.from_env({"HOLDSHORT_DSN": dsn or "", "HOLDSHORT_KAFKA": kafka or ""})
    with TemporaryDirectory(prefix="holdshort-demo-") as directory:
        tally, dossiers = demo(
            Path(directory), dsn=given.dsn, kafka=given.cluster(), tell=_tell
        )
    report.write_text(draw(tally, dossiers), encoding="utf-8")
    _tell(f"the picture: {report}")
    if sys.stdout.isatty() and not no_open:
        webbrowser.open(report.resolve().as_uri())
    said = (
        f"{tally.submitted} proposed, {tally.approved} approved, {tally.sent} sent,"
        f" {tally.stranded} stranded; the mail server counts {tally.delivered} mails"
        f" and {tally.duplicates} duplicates; {tally.receipts} receipts\n"
        "  next: holdshort up"
    )
    click.echo(to_json(tally).decode() if as_json else said)


def _tell(line: str) -> None:
    click.echo(line, err=True)
