"""Commands that only look: list, show."""

from __future__ import annotations

import json

import click
from sqlalchemy import Connection

from deploy.commands import options
from outbox import queries, views
from outbox.attention.looking import look_at
from outbox.deferred import deferral_of
from outbox.errors import BadArtifact
from outbox.lifecycle import State
from outbox.manifest import Manifest, lines
from outbox.policy.waiting import overdue
from outbox.seen import shown

STATES = [state.value for state in State if state is not State.UNBORN]
AWAITS_A_PERSON = (State.IN_REVIEW, State.AWAITING_APPROVAL)
_ERASED = BadArtifact("what it said was erased")


@click.command()
@click.option("--state", type=click.Choice(STATES), help="Only these.")
@click.option("--before", type=int, metavar="ID", help="The next page.")
@click.option("--size", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--overdue", "late", is_flag=True, help="What waits too long, by the policy.")
@options.dsn
@options.as_json
def list_command(
    state: str | None, before: int | None, size: int, late: bool, dsn: str | None, as_json: bool
) -> None:
    """List intents, the newest first; what is overdue, the longest first."""
    if late:
        _list_overdue(dsn, as_json=as_json)
        return
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        page = queries.page(
            connection, state=State(state) if state else None, before=before, size=size
        )
    told = [line(intent) for intent in page.intents] or ["no intents"]
    if page.before is not None:
        told.append(f"  next: holdshort list --before {page.before}")
    options.answer(page, "\n".join(told), as_json=as_json)


@click.command()
@options.intent_id
@click.option(
    "--by",
    "actor",
    metavar="NAME",
    help="Who reads it: where the policy asks how long it was open, that counts from here.",
)
@options.dsn
@options.as_json
def show_command(id: int, actor: str | None, dsn: str | None, as_json: bool) -> None:
    """Show one intent: what it says, its manifest and the digest of that, its receipts."""
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        dossier = queries.dossier(connection, id)
        artifact, secret = _artifact(connection, dossier), queries.secret(connection, id)
        manifest = _manifest(connection, id) if artifact else _ERASED
        aside = deferral_of(connection, id)
    if actor is not None:
        with options.database(dsn) as desk:
            look_at(desk, [id], actor)
    named = {"secret": secret and secret.hex(), **_named(manifest)}
    values = {"artifact": artifact, **named, "deferral": aside, **_shallow(dossier)}
    told = _told(dossier, artifact or {}, manifest)
    if aside is not None:
        told += f"\n  deferred by {aside.deferred_by} until {aside.until:%Y-%m-%d %H:%M %Z}"
    options.answer(values, told, as_json=as_json)


def _list_overdue(dsn: str | None, *, as_json: bool) -> None:
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        found = overdue(connection)
    told = [
        f"{one.id:>6}  {one.state:<18}since {one.since:%Y-%m-%d %H:%M}  {one.step}"
        + (f" to {', '.join(one.names)}" if one.names else "")
        for one in found
    ]
    options.answer(found, "\n".join(told) or "nothing is overdue", as_json=as_json)


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


def _manifest(connection: Connection, id: int) -> Manifest | BadArtifact:
    """All that would leave, or why nothing ever could."""
    try:
        return shown(connection, id)
    except BadArtifact as refusal:
        return refusal


def _named(manifest: Manifest | BadArtifact) -> dict[str, object]:
    if isinstance(manifest, BadArtifact):
        return {"digest": None, "manifest": None}
    return {"digest": manifest.digest, "manifest": json.loads(manifest.written)}


def _told(
    dossier: views.Dossier, artifact: dict[str, object], manifest: Manifest | BadArtifact
) -> str:
    intent = dossier.intent
    last = [score for score in dossier.scores if score.version == intent.version]
    reasons = [f"  {reason}" for score in last if not score.shadow for reason in score.reasons]
    return "\n".join(
        [
            f"intent {intent.id} is {intent.state}, version {intent.version}, key {intent.key}",
            *(f"{name:>12}: {value}" for name, value in artifact.items() if value),
            *_approvable(manifest, dossier),
            *(["findings:", *reasons] if reasons else []),
            "receipts:",
            *map(_receipt, dossier.receipts),
            *_next(intent, manifest),
        ]
    )


def _receipt(one: views.Receipt) -> str:
    why = ": ".join(str(one.evidence[x]) for x in ("because", "reason") if x in one.evidence)
    return f"  {one.at:%H:%M:%S}  {one.kind:<10} {one.actor}" + (f"  {why}" if why else "")


def _approvable(manifest: Manifest | BadArtifact, dossier: views.Dossier) -> list[str]:
    if manifest is _ERASED:
        [one] = [receipt for receipt in dossier.receipts if receipt.kind == "erased"]
        return [f"{manifest} by {one.actor}: {one.evidence['reason']}"]
    if isinstance(manifest, BadArtifact):
        return [str(manifest)]
    said = [f"  {name}: {value}" for name, value in lines(manifest)]
    return ["manifest:", *said, f"digest {manifest.digest}"]


def _next(intent: views.Summary, manifest: Manifest | BadArtifact) -> list[str]:
    if intent.state in AWAITS_A_PERSON:
        if isinstance(manifest, BadArtifact):
            return [f"  next: {manifest.hint}"]
        return [f"  next: holdshort approve {intent.id} --digest {manifest.digest} --by NAME"]
    if intent.state == State.SENT_BACK and not isinstance(manifest, BadArtifact):
        command = f"holdshort edit {intent.id} FILE --digest {manifest.digest} --by NAME"
        return [f"  next: its agent, or you, write another version: {command}"]
    if intent.state == State.STRANDED:
        command = f"holdshort resolve {intent.id} --as sent|not-sent|given-up"
        ask = f"holdshort lookup {intent.id}"
        return [f"  next: ask the other side ({ask}), then: {command} --reason WHY --by NAME"]
    return []


def _shallow(dossier: views.Dossier) -> dict[str, object]:
    return {name: getattr(dossier, name) for name in dossier.__dataclass_fields__}
