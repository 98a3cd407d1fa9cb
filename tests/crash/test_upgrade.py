"""The next version is rolled out under load: its schema first, then one worker after another.

The next version is this one with one more step of the schema, in a copy of the code: so two
versions of the code really run side by side, each in processes of its own.
"""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from deploy.local.children import Child
from outbox.errors import DependencyDown
from schemas.migrate import upgrade
from schemas.revision import NEEDED, check
from tests.crash.load import assert_each_left_once, more
from tests.crash.pipeline import PATIENCE, Pipeline
from tests.deploy.command import holdshort, holdshort_of
from tests.parts import journey

ROOMS = ("outbox", "schemas", "relay", "consumers", "deploy")
WORKERS = ("scorer", "router", "granter", "sender", "sender", "sweeper")
MAILS = 12  # in every round
EXPAND = """\
from schemas.migrations.running import run

revision, down_revision = "{name}", "{before}"


def upgrade() -> None:
    run("ALTER TABLE outbox.intent ADD COLUMN colour text NOT NULL DEFAULT 'red'")
    run("ALTER TABLE outbox.attempt ADD COLUMN colour text")
    run("ALTER TABLE outbox.receipt ADD COLUMN colour text")
    run("CREATE TABLE outbox.colour (name text PRIMARY KEY)")
"""
HERE = Path(__file__).parents[2]


def version(room: Path, name: str) -> dict[str, str]:
    """The environment of a version whose code needs that step, and brings it along."""
    for package in ROOMS:
        shutil.copytree(HERE / package, room / package, ignore=shutil.ignore_patterns("bench"))
    steps = room / "schemas" / "migrations" / "versions"
    (steps / "0002_colours.py").write_text(EXPAND.format(name=name, before=NEEDED))
    needed = room / "schemas" / "revision.py"
    told = needed.read_text("utf-8")
    assert told.count(f'NEEDED = "{NEEDED}"') == 1
    needed.write_text(told.replace(f'NEEDED = "{NEEDED}"', f'NEEDED = "{name}"'), "utf-8")
    return {"PYTHONPATH": str(room), "PYTHONSAFEPATH": "1"}


@pytest.fixture
def later(tmp_path: Path) -> dict[str, str]:
    """The next version: its step only adds, and goes on serving this one."""
    return version(tmp_path / "later", f"0002_serves_{NEEDED}")


@pytest.mark.fault("20 old and new together")
def test_a_version_is_rolled_out_under_load_and_nothing_strands(
    pipeline: Pipeline, later: dict[str, str], direct_dsn: str
) -> None:
    journey.switch_on(pipeline.db)
    old = {pipeline.run.start(role): role for role in WORKERS}
    for worker in old:
        pipeline.up(worker)
    more(pipeline, MAILS)
    more(pipeline, MAILS)

    migrated = holdshort_of(later, "migrate", "--json", dsn=direct_dsn)
    assert f"0002_serves_{NEEDED}" in migrated.out, migrated.err
    more(pipeline, MAILS)
    again = pipeline.run.start("sender")  # of the old version, on the later schema
    pipeline.up(again)
    for worker in [*old, again]:
        pipeline.up(pipeline.run.start(old.get(worker, "sender"), **later))
        worker.signal(signal.SIGTERM)
        more(pipeline, MAILS)
        assert worker.ended(PATIENCE)

    assert_each_left_once(pipeline, MAILS * (len(WORKERS) + 4))
    assert [worker.exit_code for worker in [*old, again]] == [0] * (len(WORKERS) + 1)
    left = [worker for worker in pipeline.run.children.values() if worker.exit_code is None]
    assert [are_of(worker, "later") for worker in left] == [True] * (len(WORKERS) + 1)


def are_of(worker: Child, version: str) -> bool:
    """Whether it was started with the code of that version."""
    environ = Path(f"/proc/{worker.pid}/environ").read_bytes()
    return f"/{version}".encode() in environ


def test_the_later_version_does_not_run_before_its_schema(
    dsn: str, later: dict[str, str]
) -> None:
    said = holdshort_of(later, "run", "scorer", dsn=dsn)

    assert said.code == 7
    assert "next: holdshort migrate" in said.err


def test_a_schema_that_takes_away_ends_the_old_version_and_says_so(
    direct_dsn: str, tmp_path: Path
) -> None:
    contracted = version(tmp_path / "contracted", "0002")
    holdshort_of(contracted, "migrate", dsn=direct_dsn)

    with pytest.raises(DependencyDown) as refused:
        check(direct_dsn)
    said = holdshort("run", "scorer", dsn=direct_dsn)

    assert "no longer serves" in str(refused.value)
    assert (said.code, "run a later version" in said.err) == (7, True)
    with pytest.raises(DependencyDown):
        upgrade(direct_dsn)


def test_code_that_is_rolled_back_leaves_the_later_schema_as_it_is(
    direct_dsn: str, later: dict[str, str]
) -> None:
    holdshort_of(later, "migrate", dsn=direct_dsn)

    assert upgrade(direct_dsn) == check(direct_dsn) == f"0002_serves_{NEEDED}"
