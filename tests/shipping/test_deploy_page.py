"""docs/DEPLOY.md is true: what it calls tested is run, on a server that asks for passwords."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from deploy.local.ports import LOOPBACK, free_port
from deploy.local.postgres import EmbeddedPostgres
from tests.shipping.manifests import HERE

PAGE = HERE.parent / "docs" / "DEPLOY.md"
RUN = re.compile(r"<!-- run -->\n```sh\n(.*?)```", re.DOTALL)
ROLES = ("relay", "scorer", "router", "sender", "sweeper", "attester", "intake", "console")


@pytest.fixture
def environment(own_room: Path) -> Iterator[dict[str, str]]:
    port = free_port()
    listening = {"listen_addresses": LOOPBACK}
    server = EmbeddedPostgres(own_room / "pg", port=port, settings=listening)
    with server as dba, psycopg.connect(dba, autocommit=True) as connection:
        connection.execute("CREATE DATABASE pipeline")
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("HOLDS", "PG"))}
        ours = f"{Path(sys.executable).parent}:{server.programs()}"
        yield inherited | {
            "PATH": f"{ours}:{inherited['PATH']}",
            "DBA": dba.replace("/postgres?", "/pipeline?"),
            "DATABASE": "pipeline",
            "HOST": LOOPBACK,
            "PORT": str(port),
            "SSLMODE": "disable",
        }


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_what_the_page_tells_to_run_sets_everything_up(
    environment: dict[str, str], tmp_path: Path
) -> None:
    script = "set -euo pipefail\n" + "".join(RUN.findall(PAGE.read_text("utf-8")))
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "BAD" not in done.stdout
    assert "sending is armed for this place" in done.stdout
    assert "sending is on" in done.stdout
    for role in ROLES:
        assert logged_in(tmp_path / "secrets" / role / "pg_service.conf") == f"my_{role}"


def logged_in(file: Path) -> str:
    """As whom the database knows whoever connects by this file."""
    told = dict(line.split("=", 1) for line in file.read_text().splitlines()[1:])
    with psycopg.connect(make_conninfo(**told)) as connection:
        [(user,)] = connection.execute("SELECT session_user").fetchall()
    return str(user)


def test_every_file_and_setting_that_the_page_names_is_there() -> None:
    text = PAGE.read_text("utf-8")
    files = set(re.findall(r"`((?:deploy|tests|docs)/[\w./-]+\.\w+)`", text))

    assert len(files) > 5
    assert [name for name in files if not (HERE.parent / name).exists()] == []
    for name in re.findall(r"`(\d\d-[a-z]+\.yaml)`", text):
        assert (HERE / "kubernetes" / name).exists()
