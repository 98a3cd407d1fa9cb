"""`holdshort verify`: needs no database, no network and no settings, and asks for none."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("bundle", type=FILE)
@click.option("--trust", required=True, type=FILE, help="The keys to believe: keys.json.")
@click.option(
    "--checkpoint",
    "known",
    type=FILE,
    help="What was known of the log before; the last counts.",
)
@click.option(
    "--reviewers",
    type=FILE,
    help="The roots that say whose keys are whose, as in HOLDSHORT_TRUST: look at what people"
    " have signed, too.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer with JSON on stdout.")
def verify_command(
    bundle: Path, trust: Path, known: Path | None, reviewers: Path | None, as_json: bool
) -> None:
    """Say whether the receipts in BUNDLE are true, offline.

    Exit code 0 is valid, 1 is not, 2 is unreadable.
    """
    from schemas.receipts.reading import Unreadable
    from schemas.receipts.verifying import verify

    try:
        before = known.read_text("utf-8") if known else ""
        if known and not before:
            raise Unreadable(f"{known} is empty")
        roots = reviewers.read_bytes() if reviewers else None
        verdict = verify(bundle.read_bytes(), trust.read_bytes(), before, roots)
    except (Unreadable, OSError, UnicodeError) as error:
        said: dict[str, object] = {"valid": None, "item": "input", "why": str(error)}
        _say({**said, "reviewers": False, "granted": 0}, "unreadable", as_json)
        sys.exit(2)
    said = {
        "valid": verdict.valid,
        "item": verdict.item,
        "why": verdict.why,
        "reviewers": verdict.signed,
        "granted": verdict.granted,
    }
    _say(said, "valid" if verdict.valid else "invalid", as_json)
    sys.exit(0 if verdict.valid else 1)


def _say(said: dict[str, object], word: str, as_json: bool) -> None:
    click.echo(json.dumps(said) if as_json else f"{word}: {said['item']}: {said['why']}")
