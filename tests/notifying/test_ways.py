"""Each way to people is told by itself: one that fails is tried again and holds up no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from deploy.local.sink import MailSink
from outbox.store import Connection
from tests.notifying.telling import let_routes_go, look, rested, stranded, told
from tests.parts.catcher import OK, Catcher, catching, status
from tests.parts.notifying import MUST, book, route, slack, smtp, webhook


def test_each_way_is_told_by_itself_over_mail_slack_and_a_webhook(
    login: str, db: Connection, sink: MailSink, catcher: Catcher, tmp_path: Path
) -> None:
    two = {"email": ["ada@house.example", "bob@house.example"]}
    file = book(
        tmp_path,
        smtp=smtp(tmp_path, sink.endpoint),
        mail=route(two, *MUST),
        chat=route(slack(tmp_path, catcher), *MUST),
        hook=route(webhook(tmp_path, catcher), *MUST),
    )
    stranded(db)

    assert [look(login, file), look(login, file)] == [4, 0]

    assert sorted(one.rcpt_to[0] for one in sink.accepted()) == two["email"]
    assert len(catcher.came) == 2
    assert b"@" not in str(db.execute("SELECT * FROM outbox.route").fetchall()).encode()


def test_a_way_that_fails_is_tried_again_after_longer_and_longer_pauses(
    login: str, db: Connection, tmp_path: Path
) -> None:
    answers = (status(500), status(429, retry_after="100"), status(500), status(204))
    with catching(tmp_path, *answers) as catcher:
        file = book(tmp_path, all=route(webhook(tmp_path, catcher), *MUST))
        id = stranded(db)
        pauses = []
        for _ in range(3):
            assert look(login, file) == 1
            assert look(login, file) == 0  # it rests
            [(pause,)] = db.execute(
                "SELECT round(extract(epoch FROM due_at - now())) FROM outbox.route"
            ).fetchall()
            pauses.append(int(pause))
            rested(db)
        look(login, file)

    assert pauses == [
        pytest.approx(5, abs=1),
        pytest.approx(100, abs=1),
        pytest.approx(20, abs=1),
    ]
    assert told(catcher) == [{"stranded": [id]}] * 4
    assert len({came.headers["webhook-id"] for came in catcher.came}) == 1


def test_a_way_that_fails_holds_up_no_other(login: str, db: Connection, tmp_path: Path) -> None:
    (tmp_path / "down").mkdir()
    with (
        catching(tmp_path / "down", status(500)) as down,
        catching(tmp_path, OK) as up,
    ):
        file = book(
            tmp_path,
            down=route(webhook(tmp_path, down), *MUST),
            up=route(webhook(tmp_path, up), *MUST),
        )
        first = stranded(db)
        look(login, file)
        second = stranded(db)
        look(login, file)

    assert told(up) == [{"stranded": [first]}, {"stranded": [second]}]
    assert len(down.came) == 1


def test_who_dies_with_a_route_in_hand_is_followed_by_another(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    file = book(tmp_path, all=route(webhook(tmp_path, catcher), *MUST))
    stranded(db)
    db.execute(
        "INSERT INTO outbox.route (name, leased_by, lease_expires_at)"
        " VALUES ('all', 'dead', now() + interval '1 hour')"
    )
    assert look(login, file) == 0
    let_routes_go(db)

    assert look(login, file) == 1


def test_what_is_told_is_counted_by_route(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    def counted() -> float:
        labels = {"route": "counted", "outcome": "told"}
        return REGISTRY.get_sample_value("holdshort_notifications_total", labels) or 0

    file = book(tmp_path, counted=route(webhook(tmp_path, catcher), *MUST))
    stranded(db)
    before = counted()

    look(login, file)

    assert counted() - before == 1
