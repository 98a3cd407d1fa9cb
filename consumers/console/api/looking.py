"""To look: lists, search, one intent, the switch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from consumers.console.api.callers import Caller
from consumers.console.api.shapes import Looked
from consumers.console.opened import opened
from consumers.console.pages.item import item_of
from consumers.console.parts import Here, Look
from consumers.openapi import failures
from outbox import queries, views
from outbox.errors import NotFound
from outbox.screens.lists import Which, listed
from outbox.screens.views import Listed
from outbox.search.asking import asked
from outbox.search.finding import Found, found

router = APIRouter(tags=["looking"])

Id = Annotated[int, Path(ge=1, lt=2**63)]
Place = Annotated[str | None, Query(max_length=100, pattern=r"^[^\x00]*$")]
Size = Annotated[int, Query(ge=1, le=200)]


@router.get("/lists/{which}")
def list_of(
    _: Caller,
    look: Look,
    which: Which,
    after: Place = None,
    before: Place = None,
    size: Size = 50,
) -> Listed:
    """A list, as on its screen: what waits, the longest first; what is over, the newest."""
    return listed(look, which, after=after, before=before, size=size)


@router.get("/intents")
def search(
    _: Caller,
    look: Look,
    q: Annotated[str, Query(max_length=1000, pattern=r"^[^\x00]*$")] = "",
    after: Place = None,
    before: Place = None,
    size: Size = 50,
) -> Found:
    """What a line of words and filters finds, the newest first: `invoice to:ada state:sent`."""
    return found(look, asked(q), after=after, before=before, size=size)


@router.get("/intents/{id}", responses=failures(404))
def one(request: Request, person: Caller, parts: Here, look: Look, id: Id) -> Looked:
    """One intent: its manifest, with the digest that a decision names, and its whole story.

    Where the policy asks how long it was open before a yes, that counts from here.
    """
    item = item_of(look, id)
    opened(request, parts, look, person, [id])
    seen = item.manifest
    return Looked(
        digest=None if seen is None else seen.digest,
        manifest=None if seen is None else seen.model_dump(mode="json"),
        refusal=None if item.refusal is None else str(item.refusal),
        findings=item.findings,
        dossier=item.known.dossier,
    )


@router.get(
    "/intents/{id}/versions/{version}",
    responses={
        200: {
            "description": "The very bytes.",
            "content": {
                "application/json": {
                    "schema": {
                        "oneOf": [
                            {"$ref": "#/components/schemas/Email"},
                            {"$ref": "#/components/schemas/Webhook"},
                        ]
                    }
                }
            },
        },
        **failures(404),
    },
    response_class=Response,
)
def artifact(_: Caller, look: Look, id: Id, version: Id) -> Response:
    """What a version says: the canonical bytes that its digest names."""
    for one in queries.dossier(look, id).versions:
        if one.version == version:
            content = queries.content(look, id, digest=one.digest)
            return Response(content, media_type="application/json")
    raise NotFound(f"intent {id} has no version {version}", hint="see which it has: look at it")


@router.get("/switch")
def switch(_: Caller, look: Look) -> views.Switch:
    """Where the switch stands, since when, by whom."""
    return queries.switch(look)
