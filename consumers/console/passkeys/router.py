"""The page of one's passkeys, and what its script posts: each question, and its answer.

Whatever is posted is JSON, so that no form of another site can spell it; nothing is done by
looking.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import HTMLResponse, Response

from consumers.approving import Given, Outcome, approve_signed, leave_for
from consumers.console.page import Drawing
from consumers.console.pages.bulk import check_alike
from consumers.console.parts import Here, Look, ledger_of
from consumers.console.passkeys import asking, making, summary
from consumers.console.passkeys.asking import Signatory
from consumers.console.passkeys.keys import own
from consumers.console.passkeys.place import Place, place_of
from consumers.console.passkeys.wire import Answer, New, Options, ToApprove, ToSign, asking_for
from consumers.console.people import SignedIn
from outbox.authority.challenges import Purpose
from outbox.errors import BadSettings

router = APIRouter(prefix="/passkeys")
Name = Annotated[str, Path(pattern="^passkey-[0-9a-f]{16}$")]
Made = Annotated[str | None, Query(pattern="^passkey-[0-9a-f]{16}$")]


def signatory(parts: Here, person: SignedIn) -> Signatory:
    """Who is asked.  Raises `BadSettings` where no passkey can be used."""
    return Signatory(person, place_of(parts.origin), parts.roots)


By = Annotated[Signatory, Depends(signatory)]


@router.get("")
def passkeys(draw: Drawing, made: Made = None) -> HTMLResponse:
    """Which they have, whether each counts, and how to make one."""
    person, connection = draw.person.name, ledger_of(draw.look)
    place, refusal = _place(draw.parts.origin)
    return draw(
        "passkeys.html",
        owned=own(connection, person, draw.parts.roots),
        made=made,
        command=making.command(person),
        place=place,
        refusal=refusal,
        at_once=draw.parts.root is not None,
    )


@router.get("/{name}/passkey.json")
def file(draw: Drawing, name: Name) -> Response:
    """The file that a root is given."""
    content = making.file_of(ledger_of(draw.look), draw.person.name, name)
    named = {"Content-Disposition": 'attachment; filename="passkey.json"'}
    return Response(content, media_type="application/json", headers=named)


@router.post("/begin")
def begin(parts: Here, by: By) -> dict[str, Options]:
    """Ask for a passkey."""
    with parts.writing() as connection:
        return {"publicKey": making.asked(connection, by)}


@router.post("/finish")
def finish(parts: Here, by: By, new: New) -> dict[str, str]:
    """Keep the one that was made."""
    with parts.writing() as connection:
        return {"name": making.made(connection, by, new, parts.root).name}


@router.post("/approval/begin")
def begin_approval(parts: Here, look: Look, by: By, wanted: ToApprove) -> ToSign:
    """Ask the device to sign for all of these, if they are still as they were read."""
    given = Given(by.person.name, parts.valid_for, parts.hold, None, wanted.delegator)
    with parts.writing() as connection:
        said = leave_for(connection, wanted.wanted, given)
        if len(wanted.items) > 1:
            check_alike(look, [one.id for one in wanted.items])
        question = asking.asked(connection, by, said)
        return ToSign(
            publicKey=asking_for(question.challenge, question.passkeys),
            summary=summary.of_approval(connection, question.content),
        )


@router.post("/approval/finish")
def finish_approval(parts: Here, by: By, answer: Answer) -> list[Outcome]:
    """Approve each that the device has signed for, by itself."""
    with parts.writing() as connection:
        signed = asking.answered(connection, by, Purpose.APPROVAL, answer)
        return approve_signed(connection, signed)


def _place(origin: str) -> tuple[Place | None, BadSettings | None]:
    try:
        return place_of(origin), None
    except BadSettings as refusal:
        return None, refusal
