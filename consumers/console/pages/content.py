"""What would leave, in its own documents: HTML in a cage, files and the mail as downloads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import sqlalchemy
from fastapi import APIRouter, Path
from fastapi.responses import Response

from consumers.console import untrusted
from consumers.console.pages.item import item_of
from consumers.console.pages.numbers import Number
from consumers.console.parts import Look
from consumers.console.people import SignedIn
from outbox import queries
from outbox.errors import NotFound
from outbox.intent import Artifact, Email, parse_artifact

router = APIRouter()

Version = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/intents/{id}/versions/{version}/html")
def html(look: Look, _: SignedIn, id: Number, version: Version) -> Response:
    """As its recipient may see it, and able to do nothing."""
    artifact = _artifact(look, id, version)
    return untrusted.document(artifact.html if isinstance(artifact, Email) else "")


@router.get("/intents/{id}/versions/{version}/attachments/{place}")
def attachment(
    look: Look, _: SignedIn, id: Number, version: Version, place: Annotated[int, Path(ge=1)]
) -> Response:
    """A file that it carries, the first is 1; of a request, its body."""
    files = list(_files(_artifact(look, id, version)))
    if place > len(files):
        raise NotFound(f"version {version} of intent {id} carries {len(files)} files")
    return untrusted.download(*files[place - 1])


@router.get("/intents/{id}/raw")
def raw(look: Look, _: SignedIn, id: Number) -> Response:
    """The bytes that would be handed over, but for the date they get then."""
    item = item_of(look, id)
    return untrusted.download(item.raw, f"intent-{id}.{'eml' if item.mail else 'http'}")


def _files(artifact: Artifact) -> Iterator[tuple[bytes, str]]:
    if isinstance(artifact, Email):
        yield from ((one.content, one.filename) for one in artifact.attachments)
    else:
        yield artifact.body, "body"


def _artifact(look: sqlalchemy.Connection, id: int, version: int) -> Artifact:
    dossier = queries.dossier(look, id)
    for one in dossier.versions:
        if one.version == version:
            content = queries.content(look, id, digest=one.digest)
            return parse_artifact(content, dossier.intent.channel)
    raise NotFound(f"intent {id} has no version {version}")
