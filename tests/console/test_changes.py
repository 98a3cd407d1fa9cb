"""What changed between two versions of a mail, and who wrote which."""

from __future__ import annotations

import httpx

from outbox.desk import Desk
from outbox.store import Connection
from tests.parts.journey import awaiting, mail, seen


def test_a_page_says_what_changed_and_who_wrote_which(
    ada: httpx.Client, db: Connection
) -> None:
    id = awaiting(db).id
    evil = "<script>alert(1)</script>"
    other = mail("Your bill", to="bob@example.org").model_copy(update={"text": evil})
    Desk(db, actor="bob").edit(id, other, digest=seen(db, id))

    page = ada.get(f"/intents/{id}/changes").text

    assert "<del>ada@example.org</del>" in page
    assert "<ins>bob@example.org</ins>" in page
    assert "Your <del>invoice</del>" in page
    assert "Your <ins>bill</ins>" in page
    assert "which tests wrote" in page
    assert "which bob wrote" in page
    assert "<script>alert" not in page


def test_there_is_nothing_to_say_of_one_version_or_of_none(
    ada: httpx.Client, db: Connection
) -> None:
    id = awaiting(db).id

    assert "They say the same" in ada.get(f"/intents/{id}/changes").text
    assert ada.get(f"/intents/{id}/changes?to=7").status_code == 404
    assert ada.get("/intents/404/changes").status_code == 404
