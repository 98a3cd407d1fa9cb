"""Another version of a mail, by a named person: it is scored again, and approvals are void."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, StringConstraints, ValidationError

from consumers.console.page import Drawing
from consumers.console.pages.item import item_of
from consumers.console.pages.numbers import Number
from consumers.console.parts import Here, Look
from consumers.console.people import SignedIn
from outbox.desk import Desk
from outbox.errors import BadArtifact, Conflict
from outbox.intent import Email

router = APIRouter()


class Edited(BaseModel):
    """The fields of the form."""

    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    subject: str
    to: str
    """Addresses, with commas or one a line."""
    cc: str = ""
    text: str = ""
    html: str = ""


@router.get("/intents/{id}/edit")
def form(draw: Drawing, id: Number) -> HTMLResponse:
    """The mail as it stands, to be mended."""
    return draw("edit.html", item=item_of(draw.look, id))


@router.post("/intents/{id}/edit")
def edit(
    parts: Here, look: Look, person: SignedIn, id: Number, form: Annotated[Edited, Form()]
) -> RedirectResponse:
    """Write it; everything that is not on the form stays as it is."""
    mail = item_of(look, id).mail
    if mail is None:
        hint = f"write it in a file: holdshort edit {id} FILE --digest {form.digest} --by NAME"
        raise Conflict(f"intent {id} says nothing that this form could mend", hint=hint)
    mended = _mended(mail, form)
    with parts.writing() as connection:
        Desk(connection, actor=person.name).edit(id, mended, digest=form.digest)
    return RedirectResponse(f"/intents/{id}", HTTPStatus.SEE_OTHER)


def _mended(mail: Email, form: Edited) -> Email:
    changed = {
        "subject": form.subject,
        "to": _addresses(form.to),
        "cc": _addresses(form.cc),
        "text": _as_it_was(form.text, mail.text),
        "html": _as_it_was(form.html, mail.html),
    }
    try:
        return Email.model_validate({**mail.model_dump(), **changed})
    except ValidationError as refusal:
        first = refusal.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the mail"
        raise BadArtifact(f"{where}: {first['msg']}", hint="go back, and mend it") from None


def _addresses(written: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in written.replace(",", "\n").splitlines() if one.strip())


def _as_it_was(text: str, before: str) -> str:
    """The text of a form, whose lines a browser ends by CRLF, with its own line ends."""
    return text if "\r\n" in before else text.replace("\r\n", "\n")
