"""Commands of an agent: propose, edit, withdraw."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from deploy.commands import options
from outbox import Proposal, submit, tracing
from outbox.desk import Desk
from outbox.failpoints import Point, reach
from outbox.intent import parse_artifact
from outbox.lifecycle import Role

MOMENT = click.DateTime(["%Y-%m-%dT%H:%M:%S%z"])


@click.command()
@options.artifact_file
@click.option("--key", required=True, help="Your name for it: the same key never sends twice.")
@click.option("--producer", required=True, help="Which service or agent proposes.")
@click.option("--not-before", type=MOMENT, help="Hold it until then, 2030-01-31T09:00:00+0000.")
@click.option("--not-after", type=MOMENT, help="Never send it after then.")
@click.option("--tenant", help="For whom, if your login is bound to several tenants.")
@options.dsn
@options.as_json
def submit_command(
    file: Path,
    key: str,
    producer: str,
    not_before: dt.datetime | None,
    not_after: dt.datetime | None,
    tenant: str | None,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Propose the mail in FILE (JSON; - is stdin).  It is held, not sent.

    \b
    {"sender": "...", "to": ["..."], "subject": "...", "text": "..."}
    also: sender_name, cc, html, attachments [{filename, media_type, content (base64)}]
    """
    artifact = parse_artifact(options.read(file))
    caller = tracing.sound(os.environ.get("TRACEPARENT"))
    with (
        options.database_of(tenant, dsn) as connection,
        tracing.span("propose", caller) as carried,
    ):
        proposal = Proposal(
            artifact=artifact,
            key=key,
            producer=producer,
            not_before=not_before,
            not_after=not_after,
            traceparent=carried,
            tenant=tenant,
        )
        intent = submit(connection, proposal)
        tracing.note(intent=intent.id)
    reach(Point.AFTER_SUBMIT_COMMIT)
    said = f"intent {intent.id} is held, not sent\n  next: holdshort show {intent.id}"
    options.answer(intent, said, as_json=as_json)


@click.command()
@options.intent_id
@options.artifact_file
@options.digest
@options.by
@options.dsn
@options.as_json
def edit_command(
    id: int, file: Path, digest: str, actor: str, dsn: str | None, as_json: bool
) -> None:
    """Replace the mail of intent ID, whose manifest has this digest, by that in FILE."""
    artifact = parse_artifact(options.read(file))
    with options.database(dsn) as connection:
        intent = Desk(connection, actor=actor).edit(id, artifact, digest=digest)
    said = f"intent {id} is now version {intent.version}, and is scored again"
    options.answer(intent, said, as_json=as_json)


@click.command()
@options.intent_id
@options.maybe_digest
@options.reason
@options.by
@options.dsn
@options.as_json
def withdraw_command(
    id: int, digest: str | None, reason: str, actor: str, dsn: str | None, as_json: bool
) -> None:
    """Take intent ID back before it is sent."""
    with options.database(dsn) as connection:
        desk = Desk(connection, actor=actor, role=Role.AGENT)
        desk.withdraw(id, reason=reason, digest=digest)
    options.answer({"id": id}, f"intent {id} is withdrawn", as_json=as_json)
