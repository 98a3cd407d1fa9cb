"""`holdshort notify test` and `check`, `run notifier`, and what the doctor says of routes."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.doctor import examine
from deploy.local.sink import MailSink
from outbox.epoch import Site
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.notifying.telling import look, stranded
from tests.parts import policies
from tests.parts.catcher import OK, Catcher, catching, status
from tests.parts.logins import logins_of
from tests.parts.notifying import MUST, book, route, slack, smtp, webhook
from tests.parts.policies import tier


def test_a_trial_goes_over_every_way_and_says_what_became_of_it(
    tmp_path: Path, sink: MailSink, catcher: Catcher
) -> None:
    file = book(
        tmp_path,
        smtp=smtp(tmp_path, sink.endpoint),
        mail=route({"email": ["ada@house.example"]}),
        hook=route(webhook(tmp_path, catcher)),
        people={"olga": slack(tmp_path, catcher)},
    )

    said = holdshort("notify", "test", notify=str(file))

    assert said.code == 0, said
    assert [line.partition(": ")[2] for line in said.out.splitlines()] == ["told"] * 3
    assert len(sink.accepted()) == 1
    assert len(catcher.came) == 2
    assert "house.example" not in said.out


def test_a_trial_that_was_not_taken_is_said_and_ends_otherwise(tmp_path: Path) -> None:
    with catching(tmp_path, status(404)) as catcher:
        file = book(tmp_path, hook=route(slack(tmp_path, catcher)))
        said = holdshort("notify", "test", "--json", notify=str(file))

    assert (said.code, said.json) == (7, {"hook": "not told: the answer was 404"}), said
    assert "services" not in said.out + said.err


def test_the_check_names_whom_the_policy_escalates_to_and_nobody_knows(
    dsn: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    hook = webhook(tmp_path, catcher)
    finance = route(hook, "awaiting_approval", groups=["finance"])
    file = book(tmp_path, hook=route(hook, *MUST), finance=finance, people={"olga": hook})
    within = {"escalate": "1h", "to": ["Olga", "carol"]}
    reader = logins_of(dsn)["reader"]
    good = holdshort("notify", "check", dsn=reader, notify=str(file))

    policies.put(db, tier(1, within=within))
    bad = holdshort("notify", "check", dsn=reader, notify=str(file))
    as_json = holdshort("notify", "check", "--json", dsn=reader, notify=str(file))

    assert (good.code, bad.code, as_json.code) == (0, 1, 1), (good, bad)
    assert good.out.splitlines() == [
        "hook: stranded, escalated; by localhost",
        "finance: awaiting_approval, groups finance; by localhost",
        "people/olga: escalated; by localhost",
    ]
    assert "carol: the policy escalates to, and nobody here knows" in bad.out
    assert as_json.json["unknown"] == ["carol"]
    assert catcher.came == []


def test_the_doctor_says_over_which_routes_nobody_can_be_told(
    dsn: str, db: Connection, login: str, tmp_path: Path
) -> None:
    reader = logins_of(dsn)["reader"]

    def routes() -> list[tuple[bool, str]]:
        found = [one for one in examine(reader, Site()) if one.check == "routes"]
        return [(one.ok, one.said) for one in found]

    before = routes()
    with catching(tmp_path, status(500), OK) as catcher:
        file = book(tmp_path, hook=route(webhook(tmp_path, catcher), *MUST))
        stranded(db)
        look(login, file)
        failing = routes()
        db.execute("UPDATE outbox.route SET due_at = now()")
        look(login, file)

    assert before == [(True, "no notifier has told anybody yet")]
    assert failing == [(False, "not so: hook has failed 1 times in a row")]
    assert routes() == [(True, "over 1 routes people can be told what waits")]


@pytest.mark.parametrize("arguments", [("run", "notifier"), ("notify", "test")])
def test_without_a_file_nobody_is_told_and_it_is_said(
    dsn: str, arguments: tuple[str, ...]
) -> None:
    said = holdshort(*arguments, dsn=dsn)

    assert (said.code, "HOLDSHORT_NOTIFY is not set" in said.err) == (2, True), said


def test_a_failpoint_is_refused_where_somebody_beyond_this_machine_would_be_told(
    tmp_path: Path, catcher: Catcher
) -> None:
    where = webhook(tmp_path, catcher) | {"webhook": "https://hooks.example/x"}
    file = book(tmp_path, hook=route(where))

    said = holdshort("notify", "test", notify=str(file), failpoint="after_telling")

    assert (said.code, "hooks.example is beyond this machine" in said.err) == (2, True), said
