"""What one version says otherwise than another, and who wrote which."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy
from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from consumers.console.page import Drawing
from consumers.console.pages.numbers import Number
from outbox import queries, views
from outbox.diffing import compare
from outbox.errors import NotFound
from outbox.intent import Artifact, parse_artifact

router = APIRouter()

Version = Annotated[int | None, Query(ge=1, lt=2**31)]


@router.get("/intents/{id}/changes")
def changes(
    draw: Drawing, id: Number, to: Version = None, since: Version = None
) -> HTMLResponse:
    """The last version against the one before it, or another two."""
    dossier = queries.dossier(draw.look, id)
    after = _version(dossier, to or dossier.intent.version)
    before = _version(dossier, since or max(after.version - 1, 1))
    diff = compare(*(_artifact(draw.look, dossier.intent, one) for one in (before, after)))
    return draw("changes.html", dossier=dossier, before=before, after=after, diff=diff)


def _version(dossier: views.Dossier, number: int) -> views.Version:
    for version in dossier.versions:
        if version.version == number:
            return version
    raise NotFound(f"intent {dossier.intent.id} has no version {number}")


def _artifact(
    look: sqlalchemy.Connection, intent: views.Summary, version: views.Version
) -> Artifact:
    content = queries.content(look, intent.id, digest=version.digest)
    return parse_artifact(content, intent.channel)
