"""Arming by the command line: by name, off afterwards, and with a list to look at."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from deploy.local.children import Child
from deploy.local.postgres import EmbeddedPostgres
from outbox.epoch import site_of
from outbox.errors import BadSettings
from outbox.settings import Settings
from outbox.store import Connection
from tests.crash.pipeline import PATIENCE, Pipeline
from tests.deploy.command import holdshort
from tests.parts import journey


def test_arming_turns_sending_off_and_lists_what_is_ready_to_leave(
    dsn: str, db: Connection
) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)

    said = holdshort("arm", "--by", "ada", dsn=dsn, environment="production")
    status = holdshort("outbound", "status", "--json", dsn=dsn, environment="production").json

    assert said.code == 0, said
    assert "armed by ada for the environment 'production', without a nonce" in said.out
    assert f"{intent.id}  approved" in said.out
    assert said.out.partition("next: ")[2] == "holdshort outbound on --by NAME\n"
    assert (status["outbound"], status["held"]) == ("off", None)


def test_nobody_arms_without_a_name(dsn: str) -> None:
    assert holdshort("arm", dsn=dsn).code == 2
    assert holdshort("arm", "--by", " ", dsn=dsn).code == 2


def test_turning_sending_on_where_it_is_not_armed_says_how_to_arm(dsn: str) -> None:
    said = holdshort("outbound", "on", "--by", "ada", dsn=dsn, environment="staging")

    assert "nothing leaves: sending was armed elsewhere" in said.out
    assert said.out.partition("next: ")[2] == "holdshort arm --by NAME\n"


def test_a_sender_that_is_not_where_sending_was_armed_says_so_and_goes_on_once_it_is(
    pipeline: Pipeline, dsn: str
) -> None:
    journey.arm(dsn, site_of(Settings(environment="elsewhere")))
    journey.approved(pipeline.db)
    journey.switch_on(pipeline.db)
    waiting = pipeline.run.start("sender")
    pipeline.up(waiting)
    held = waiting.said()

    journey.arm(dsn)
    mails_while_held = pipeline.delivered()
    journey.switch_on(pipeline.db)
    pipeline.settled()

    assert "epoch_differs" in held
    assert "holdshort arm --by NAME" in held
    assert mails_while_held == []
    assert len(pipeline.delivered()) == 1


def test_the_nonce_is_read_from_its_file_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "nonce"
    file.write_text("a secret line\n")

    site = site_of(Settings(environment="production", nonce_file=file))

    assert len(site.nonce) == 64
    assert "secret" not in repr(site)


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_a_nonce_that_cannot_be_read_is_refused(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "nonce"
    if content is not None:
        file.write_text(content)

    with pytest.raises(BadSettings, match="HOLDSHORT_NONCE_FILE"):
        site_of(Settings(nonce_file=file))


def test_the_embedded_stack_arms_its_own_new_database_and_leaves_sending_off(
    own_room: Path, tmp_path: Path
) -> None:
    command = (sys.executable, "-m", "deploy.cli", "up", "--directory", own_room)
    with Child(command, log=tmp_path / "up.log") as up:
        up.wait_until(lambda: "export HOLDSHORT_DSN" in up.said(), PATIENCE)
        status = holdshort("outbound", "status", "--json", dsn=EmbeddedPostgres(own_room).dsn)
        up.stop(signal.SIGTERM, PATIENCE)

    assert (status.json["outbound"], status.json["held"]) == ("off", None)
