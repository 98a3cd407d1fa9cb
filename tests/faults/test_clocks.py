"""No worker's wall clock decides anything: deadlines are the database's, or monotonic."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from outbox.store import Connection

HOUSE = Path(__file__).parents[2]
DECIDING = ("outbox", "consumers", "relay")
WALL_CLOCK = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "ctime"}
TELLING = ("mail.py", "telling.py", "web.py")
ALLOWED = {
    # Whether what people signed is in force, which no database must decide alone: what that
    # finds expired is refused, too, so this can only refuse more.
    ("consumers/authority.py", "dt.datetime.now"),
    ("consumers/channels/smtp/channel.py", "dt.datetime.now"),  # the Date of a mail
    # When a request is signed, and how long an answer by HTTP asks to be left alone.
    ("consumers/channels/http/webhooks.py", "time.time"),
    ("consumers/channels/http/providers/channel.py", "dt.datetime.now"),
    ("consumers/channels/http/repeating.py", "time.time"),
    # A score: by a wrong clock a person looks too closely, or not closely enough; what must not
    # leave any more, the permit refuses by the database's clock.
    ("consumers/scorers/freshness.py", "dt.datetime.now"),
    ("relay/publishing.py", "dt.datetime.now"),  # a metric
    # What a person signs says when by their own clock, and until when it holds.
    ("consumers/approving.py", "dt.datetime.now"),
    ("consumers/reviewers.py", "dt.datetime.now"),
    ("consumers/console/passkeys/making.py", "dt.datetime.now"),
    # Whether it holds is looked at before it is kept: a sender decides, and this refuses more.
    ("consumers/console/api/approving.py", "dt.datetime.now"),
    ("consumers/console/passkeys/keys.py", "dt.datetime.now"),
    # How lately somebody signed in, to turn sending on: the database takes no later moment.
    ("consumers/console/people.py", "dt.datetime.now"),
    ("consumers/console/signin/opening.py", "dt.datetime.now"),
    # What is shown, how long something is out of sight, and when a notification is dated.
    ("consumers/console/page.py", "dt.datetime.now"),
    ("consumers/console/handing.py", "dt.datetime.now"),
    ("consumers/console/pages/deciding.py", "dt.datetime.now"),
    *(("consumers/notifying/" + name, "dt.datetime.now") for name in TELLING),
    ("consumers/notifying/web.py", "time.time"),
}


def clocks_read(file: Path) -> set[str]:
    """The calls in this file that read the wall clock."""
    tree = ast.parse(file.read_text("utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        ast.unparse(call)
        for call in calls
        if isinstance(call, ast.Attribute)
        and call.attr in WALL_CLOCK
        and re.match(r"(dt|datetime|date|time)\b", ast.unparse(call))
    }


@pytest.mark.fault("18 clock an hour ahead")
@pytest.mark.fault("18 clock an hour behind")
@pytest.mark.fault("18 clock stepped back")
def test_no_code_that_decides_reads_the_wall_clock() -> None:
    found = {
        (str(file.relative_to(HOUSE)), call)
        for room in DECIDING
        for file in (HOUSE / room).rglob("*.py")
        for call in clocks_read(file)
    }

    assert found == ALLOWED


def test_the_search_finds_a_wall_clock(tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text("import time\ndeadline = time.time() + 15\n")

    assert clocks_read(file) == {"time.time"}


@pytest.mark.parametrize(
    "name", ["claim_to_score", "claim_to_send", "renew", "sweep", "permit"]
)
def test_no_moment_of_a_worker_enters_a_function_about_leases(
    db: Connection, name: str
) -> None:
    """Only a place in the queue does: the database has said it, and nothing ends by it."""
    [(types, names)] = db.execute(
        "SELECT proargtypes::regtype[]::text[], proargnames FROM pg_proc"
        " WHERE pronamespace = 'outbox'::regnamespace AND proname = %s",
        (name,),
    )

    told = {kind for named, kind in zip(names, types, strict=False) if named != "since"}
    assert told <= {"text", "text[]", "integer", "bigint", "bigint[]", "interval"}
