"""One intent: exactly what would leave, and why it is here."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import urlencode

import sqlalchemy
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from consumers.console.handing import command, handed_over
from consumers.console.opened import opens
from consumers.console.page import Drawing
from consumers.console.pages.numbers import Number
from consumers.console.pages.queues import Done, Queue, decided, next_of, queue_of
from consumers.console.parts import ledger_of
from consumers.console.passkeys.keys import by_device
from consumers.findings import Finding, findings, preheader
from outbox import queries, views
from outbox.attention.decoys import unmasked
from outbox.attention.reviewers import tightened_until
from outbox.deferred import Deferral, deferral_of
from outbox.errors import BadArtifact, HoldshortError, NotFound
from outbox.intent import Artifact, Email, parse_artifact
from outbox.lifecycle import Role
from outbox.manifest import Manifest, lines
from outbox.reasons import Because
from outbox.screens import item as screens
from outbox.screens.item import Item as Known
from outbox.screens.places import Place
from outbox.seen import shown

router = APIRouter()

LONGEST = 200_000
"""Characters of a text that a page shows at once; what it does not show whole is not decided
on there."""
SPANS = {
    "1 hour": dt.timedelta(hours=1),
    "4 hours": dt.timedelta(hours=4),
    "1 day": dt.timedelta(days=1),
    "1 week": dt.timedelta(days=7),
}
"""For how long one may be deferred on a page."""
Show = Literal["text", "rendered", "html", "raw", "manifest"]


@dataclass(frozen=True)
class Item:
    """What a page shows of an intent, from its stored bytes."""

    known: Known
    content: bytes | None
    """None: erased."""
    manifest: Manifest | None
    refusal: HoldshortError | None
    """Why there is no manifest: it could never be sent."""
    deferral: Deferral | None

    @property
    def intent(self) -> views.Summary:
        return self.known.dossier.intent

    @cached_property
    def artifact(self) -> Artifact | None:
        """Its typed fields, if they can be read."""
        with suppress(BadArtifact):
            if self.content is not None:
                return parse_artifact(self.content, self.intent.channel)
        return None

    @property
    def mail(self) -> Email | None:
        """The same, if it is one."""
        return self.artifact if isinstance(self.artifact, Email) else None

    @property
    def ways(self) -> list[str]:
        """How it can be looked at."""
        html = ["rendered", "html"] if self.mail and self.mail.html else []
        return ["text", *html, "raw", "manifest"]

    @property
    def first_way(self) -> Show:
        """How one looks at it first."""
        return "text" if self.mail is None or self.mail.text.strip() else "rendered"

    @property
    def raw(self) -> bytes:
        """The bytes that would be handed over now; later, their date is another."""
        if self.artifact is None or self.manifest is None:
            raise self.refusal or NotFound(f"intent {self.intent.id} says nothing that leaves")
        return handed_over(self.artifact, self.manifest)

    def cut(self, text: str) -> str:
        """As much of a text as a page shows."""
        return text[:LONGEST]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What it hides."""
        return () if self.artifact is None else findings(self.artifact)

    @property
    def preheader(self) -> str:
        """What a list of mails shows after its subject, though its page does not."""
        return "" if self.mail is None else preheader(self.mail)

    @property
    def whole(self) -> bool:
        """Whether a page shows everything that would leave."""
        said, html = self.artifact, self.mail.html if self.mail else ""
        return said is not None and max(len(said.text), len(html)) <= LONGEST

    @property
    def decidable(self) -> bool:
        """Whether somebody who looks at the page sees what they decide on."""
        return self.manifest is not None and self.whole

    @property
    def digest(self) -> str:
        """What a decision on it names; of what could never be sent, its bytes."""
        return self.intent.digest if self.manifest is None else self.manifest.digest

    @property
    def fields(self) -> list[tuple[str, object]]:
        """Every field of the manifest."""
        return [] if self.manifest is None else list(lines(self.manifest))

    @property
    def last(self) -> views.Receipt:
        """What was done to it last by whoever is no machine."""
        receipts = self.known.dossier.receipts
        return [one for one in receipts if one.role in {Role.HUMAN, Role.AGENT}][-1]

    @property
    def queue(self) -> Queue:
        return queue_of(self.intent.state)

    @property
    def onwards(self) -> str:
        """Where to go after a decision."""
        return next_of(
            self.queue.which, Place(self.intent.moved_at, self.intent.id), self.intent.id
        )

    def is_in(self, *states: str) -> bool:
        return self.intent.state in states


def item_of(look: sqlalchemy.Connection, id: int) -> Item:
    """Everything about it, as it is at this moment.  Raises `NotFound`."""
    known, deferral = screens.item(look, id), deferral_of(look, id)
    if known.dossier.versions[-1].erased_at is not None:
        return Item(known, None, None, NotFound(f"what intent {id} said was erased"), deferral)
    content = queries.content(look, id, digest=known.dossier.intent.digest)
    try:
        return Item(known, content, shown(look, id), None, deferral)
    except BadArtifact as refusal:
        return Item(known, content, None, refusal, deferral)


@router.get("/intents/{id}", dependencies=[Depends(opens)])
def item(
    draw: Drawing,
    id: Number,
    show: Show = "text",
    done: Done = None,
    seen: str = "",
    was: str = "",
) -> HTMLResponse:
    """The page of one intent.

    A page that is open asks again with the digest that it has `seen`, and the state that it
    `was` in: on what has moved since, nothing is decided there.
    """
    found = item_of(draw.look, id)
    stands = {"seen": found.digest, "was": found.intent.state}
    return draw(
        "item.html",
        item=found,
        show=show or found.first_way,
        reasons=list(Because),
        spans=list(SPANS),
        by_device=by_device(draw.parts, draw.person, ledger_of(draw.look)),
        command=command(draw.person.name, id, found.digest),
        done=decided(draw.look, done),
        decoy=unmasked(ledger_of(draw.look), [id]).get(id),
        tightened=tightened_until(draw.look, draw.person.name),
        seen=seen,
        moved=seen != "" and {"seen": seen, "was": was} != stands,
        live=f"/intents/{id}?{urlencode({'show': show, **stands})}",
    )
