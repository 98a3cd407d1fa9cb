"""One decision over many: each is looked at by itself, and a bad one stops no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from outbox.desk import Desk
from outbox.store import Connection
from tests.deploy.command import Said, holdshort
from tests.parts import journey, policies
from tests.parts.journey import kinds_of, seen, state_of
from tests.parts.policies import tier
from tests.parts.reviewers import declared, enrolled


def approve(dsn: str, *arguments: str, stdin: str = "", **settings: str) -> Said:
    return holdshort(
        "approve", *arguments, "--by", "ada", "--json", stdin=stdin, dsn=dsn, **settings
    )


def outcomes(said: Said) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said.out.splitlines()[-1])
    return found


def test_each_is_approved_or_says_why_not(dsn: str, db: Connection) -> None:
    good, edited, gone, last = (journey.awaiting(db) for _ in range(4))
    digests = [seen(db, one.id) for one in (good, edited, gone, last)]
    Desk(db, actor="joe").edit(edited.id, journey.mail("New"), digest=digests[1])
    Desk(db, actor="joe").reject(gone.id, reason="no")
    lines = "\n".join(
        f"{one.id} {digest}"
        for one, digest in zip((good, edited, gone, last), digests, strict=True)
    )

    said = approve(dsn, "--from", "-", stdin=f"{lines}\n\n999999 {digests[0]}\n")

    assert said.code == 1, said
    found = outcomes(said)
    assert [one["error"] is None for one in found] == [True, False, False, True, False]
    assert [state_of(db, one.id) for one in (good, edited, gone, last)] == [
        *("approved", "submitted", "rejected", "approved"),
    ]
    assert all(one["hint"] for one in found if one["error"])
    endorsed = "SELECT count(*) FROM outbox.endorsement WHERE intent_id = ANY (%s)"
    assert db.execute(endorsed, ([good.id, last.id],)).fetchall() == [(2,)]


def test_several_are_named_in_one_line_each_by_its_digest(dsn: str, db: Connection) -> None:
    policies.put(db, tier(2))
    one, two = journey.awaiting(db), journey.awaiting(db)
    digests = [argument for at in (one, two) for argument in ("--digest", seen(db, at.id))]

    said = approve(dsn, str(one.id), str(two.id), *digests)

    assert said.code == 0, said
    assert [found["missing"] for found in outcomes(said)] == [1, 1]
    assert kinds_of(db, two.id)[-1] == "endorsed"


def test_a_list_that_cannot_be_read_approves_nothing(dsn: str, db: Connection) -> None:
    intent = journey.awaiting(db)
    line = f"{intent.id} {seen(db, intent.id)}"

    for text in (f"{line}\n7 x", f"{line}\n{line}", ""):
        said = approve(dsn, "--from", "-", stdin=text)
        assert said.code == 2, said
    assert approve(dsn, str(intent.id)).code == 2

    assert state_of(db, intent.id) == "awaiting_approval"


def test_of_a_signed_list_one_document_is_kept_and_only_the_good_are_in_it(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    made = holdshort("key", "create", str(tmp_path / "ada.pem"))
    assert made.code == 0
    from schemas.authority import holders

    declared(db, enrolled("ada", holders.of_file(made.out.encode())))
    intents = [journey.awaiting(db) for _ in range(3)]
    lines = [f"{one.id} {seen(db, one.id)}" for one in intents]
    lines[1] = f"{intents[1].id} {'0' * 64}"

    said = approve(
        dsn,
        *("--from", "-", "--key", str(tmp_path / "ada.pem")),
        stdin="\n".join(lines),
        approvals="signed",
    )

    assert said.code == 1, said
    [(content,)] = db.execute(
        "SELECT content FROM outbox.document WHERE kind = 'approval'"
    ).fetchall()
    items = json.loads(content)["items"]
    assert [one["intent"] for one in items] == [intents[0].id, intents[2].id]
    assert [state_of(db, one.id) for one in intents] == [
        *("approved", "awaiting_approval", "approved"),
    ]
