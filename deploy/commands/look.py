"""Commands that only look: list, show."""

from __future__ import annotations

import json

import click
from sqlalchemy import Connection

from deploy.commands import options
from outbox import queries, views
from outbox.lifecycle import State

STATES = [state.value for state in State if state is not State.UNBORN]
AWAITS_A_PERSON = (State.IN_REVIEW, State.AWAITING_APPROVAL)


@click.command()
@click.option("--state", type=click.Choice(STATES), help="Only these.")
@click.option("--before", type=int, metavar="ID", help="The next page.")
@click.option("--size", type=click.IntRange(1, 1000), default=50, show_default=True)
@options.dsn
@options.as_json
def list_command(
    state: str | None, before: int | None, size: int, dsn: str | None, as_json: bool
) -> None:
    """List intents, the newest first."""
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        page = queries.page(
            connection, state=State(state) if state else None, before=before, size=size
        )
    lines = [line(intent) for intent in page.intents] or ["no intents"]
    if page.before is not None:
        lines.append(f"  next: holdshort list --before {page.before}")
    options.answer(page, "\n".join(lines), as_json=as_json)


@click.command()
@options.intent_id
@options.dsn
@options.as_json
def show_command(id: int, dsn: str | None, as_json: bool) -> None:
    """Show one intent: what it says, its digest, its scores and receipts."""
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        dossier = queries.dossier(connection, id)
        artifact, secret = _artifact(connection, dossier), queries.secret(connection, id)
    values = {"artifact": artifact, "secret": secret and secret.hex(), **_shallow(dossier)}
    options.answer(values, _told(dossier, artifact or {}), as_json=as_json)


def line(intent: views.Summary) -> str:
    """An intent in one line."""
    confidence = "" if intent.confidence is None else f"  confidence {intent.confidence:.2f}"
    return f"{intent.id:>6}  {intent.state:<18}{intent.key}{confidence}"


def _artifact(connection: Connection, dossier: views.Dossier) -> dict[str, object] | None:
    """What it says; None once that is erased."""
    if dossier.versions[-1].erased_at is not None:
        return None
    content = queries.content(connection, dossier.intent.id, digest=dossier.intent.digest)
    found: dict[str, object] = json.loads(content)
    return found


def _told(dossier: views.Dossier, artifact: dict[str, object]) -> str:
    intent = dossier.intent
    reasons = [f"  {reason}" for score in dossier.scores[-1:] for reason in score.reasons]
    return "\n".join(
        [
            f"intent {intent.id} is {intent.state}, version {intent.version}, key {intent.key}",
            f"digest {intent.digest}",
            *(f"{name:>12}: {value}" for name, value in artifact.items() if value),
            *(
                f"what it said was erased by {one.actor}: {one.evidence['reason']}"
                for one in dossier.receipts
                if one.kind == "erased"
            ),
            *(["findings:", *reasons] if reasons else []),
            "receipts:",
            *(f"  {one.at:%H:%M:%S}  {one.kind:<10} {one.actor}" for one in dossier.receipts),
            *_next(intent),
        ]
    )


def _next(intent: views.Summary) -> list[str]:
    if intent.state in AWAITS_A_PERSON:
        return [f"  next: holdshort approve {intent.id} --digest {intent.digest} --by NAME"]
    if intent.state == State.STRANDED:
        command = f"holdshort resolve {intent.id} --as sent|not-sent|given-up"
        return [f"  next: ask the other side, then: {command} --reason WHY --by NAME"]
    return []


def _shallow(dossier: views.Dossier) -> dict[str, object]:
    return {name: getattr(dossier, name) for name in dossier.__dataclass_fields__}
