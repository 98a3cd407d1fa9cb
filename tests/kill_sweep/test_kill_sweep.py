"""The short form of the sweep; `make kill-sweep` kills at every system call."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.sink import MailSink
from outbox.errors import DependencyDown
from outbox.lifecycle import State
from outbox.store import Connection
from tests.kill_sweep import servers, tracing
from tests.kill_sweep.judging import MailServer, Point, judged, total
from tests.kill_sweep.sweep import SMALL, Sweep, sweep_of
from tests.kill_sweep.tracing import Call

straced = pytest.mark.skipif(
    shutil.which("strace") is None, reason="install the package strace"
)


@pytest.fixture(params=["sink", "postfix"])
def server(request: pytest.FixtureRequest) -> MailServer:
    started: MailServer = request.getfixturevalue(request.param)
    return started


@pytest.fixture
def sweep(tmp_path: Path, dsn: str, db: Connection, server: MailServer) -> Iterator[Sweep]:
    with sweep_of(tmp_path, dsn, db, server) as sweep:
        yield sweep


@straced
@pytest.mark.own_session("it waits until a session ends")
def test_wherever_a_sender_dies_nothing_is_sent_twice_or_stranded_early(
    sweep: Sweep, server: MailServer, tmp_path: Path
) -> None:
    calls = sweep.calls(SMALL, tmp_path / "strace.log")
    some = [*calls[:-44:10], *calls[-44::2]]  # the permit is among the last

    points = [point for call in some if (point := sweep.kill(SMALL, call))]

    found = judged(points, server)
    assert found.clean, found
    assert found.before_permit >= 10
    assert found.after_permit >= 3
    assert found.stranded_arrived >= 1


def test_without_strace_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(DependencyDown) as refusal:
        tracing.program()

    assert "package strace" in refusal.value.hint


def test_without_postfix_it_says_what_to_install_and_sweeps_over_the_sink(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")

    assert "packages postfix, sasl2-bin" in servers.not_run()
    assert [kind.name for kind in servers.kinds()] == ["mail sink"]


def test_each_system_call_is_counted_by_itself(tmp_path: Path) -> None:
    log = tmp_path / "strace.log"
    log.write_text("7 read(0) = 1\n7 write(1) = 1\n7 read(0) = 1\n7 +++ exited with 0 +++\n")

    assert tracing.calls_in(log) == [Call("read", 1), Call("write", 1), Call("read", 2)]


@pytest.mark.parametrize(
    ("point", "fault"),
    [
        (Point(Call("read", 1), 1, False, State.STRANDED), "early_strands"),
        (Point(Call("read", 1), 1, False, State.SENT), "early_strands"),
        (Point(Call("read", 1), 1, True, State.SENT), "unexplained"),
        (Point(Call("read", 1), 1, True, State.APPROVED), "unexplained"),
    ],
    ids=str,
)
def test_what_no_mail_explains_is_a_fault(point: Point, fault: str, sink: MailSink) -> None:
    found = judged([point], sink)

    assert (getattr(found, fault), found.clean) == (1, False)


def test_the_figures_of_all_servers_are_added_up(sink: MailSink) -> None:
    one = judged([Point(Call("read", 1), 1, False, State.STRANDED)], sink)

    together = total([one, one])

    assert (together.points, together.early_strands, together.sent) == (2, 2, 0)
