"""Ask the other side about what is stranded."""

from __future__ import annotations

import click

from deploy.channels import asking_of
from deploy.commands import options
from deploy.staging import worker
from outbox import lookups
from outbox.errors import BadSettings
from outbox.results import Evidence


@click.command()
@options.intent_id
@options.dsn
@options.as_json
def lookup_command(id: int, dsn: str | None, as_json: bool) -> None:
    """Ask the other side what became of stranded intent ID, and keep what it says.

    It is evidence, and decides nothing: then resolve it.  Run it with the settings and the
    login of a sender, who holds the credentials.
    """
    settings = options.settings(dsn=dsn)
    with options.database(dsn) as connection:
        about = lookups.stranded(connection, id)
        ask = asking_of(settings).get(about.manifest.channel)
        if ask is None:
            raise BadSettings(
                f"nobody can be asked about what left by {about.manifest.channel}",
                hint=f"look for {about.manifest.mark} there yourself, then: "
                f"holdshort resolve {id} --as sent|not-sent|given-up",
            )
        evidence = ask(about)
        lookups.keep(connection, id, worker=worker("lookup"), evidence=evidence)
    options.answer({"id": id, **evidence}, _told(id, evidence), as_json=as_json)


def _told(id: int, evidence: Evidence) -> str:
    lines = [f"intent {id}: {evidence['found']}"]
    lines += [f"  {evidence[name]}" for name in ("why", "final_reply") if name in evidence]
    lines.append(f"  next: holdshort resolve {id} --as sent|not-sent|given-up --reason WHY")
    return "\n".join(lines)
