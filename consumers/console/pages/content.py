"""What would leave, in its own documents: HTML in a cage, files and the mail as downloads."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy
from fastapi import APIRouter, Path
from fastapi.responses import Response

from consumers.console import untrusted
from consumers.console.pages.item import Number, item_of
from consumers.console.parts import Look
from consumers.console.people import SignedIn
from outbox import queries
from outbox.errors import NotFound
from outbox.intent import Email, parse_artifact

router = APIRouter()

Version = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/intents/{id}/versions/{version}/html")
def html(look: Look, _: SignedIn, id: Number, version: Version) -> Response:
    """As its recipient may see it, and able to do nothing."""
    return untrusted.document(_mail(look, id, version).html)


@router.get("/intents/{id}/versions/{version}/attachments/{place}")
def attachment(
    look: Look, _: SignedIn, id: Number, version: Version, place: Annotated[int, Path(ge=1)]
) -> Response:
    """A file that it carries, the first is 1."""
    files = _mail(look, id, version).attachments
    if place > len(files):
        raise NotFound(f"version {version} of intent {id} carries {len(files)} files")
    return untrusted.download(files[place - 1].content, files[place - 1].filename)


@router.get("/intents/{id}/raw")
def raw(look: Look, _: SignedIn, id: Number) -> Response:
    """The bytes that would be handed over, but for the date they get then."""
    return untrusted.download(item_of(look, id).raw, f"intent-{id}.eml")


def _mail(look: sqlalchemy.Connection, id: int, version: int) -> Email:
    for one in queries.dossier(look, id).versions:
        if one.version == version:
            return parse_artifact(queries.content(look, id, digest=one.digest))
    raise NotFound(f"intent {id} has no version {version}")
