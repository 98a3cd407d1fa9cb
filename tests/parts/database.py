"""The database server that all tests share."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from deploy.local.postgres import EmbeddedPostgres
from tests.parts.containers import docker_answers, postgres_container


def picked_server(directory: Path) -> AbstractContextManager[str]:
    """The DSN of the server the environment asks for."""
    if dsn := os.environ.get("HOLDSHORT_TEST_DSN"):
        return nullcontext(dsn)
    if docker_answers():
        return postgres_container()
    return EmbeddedPostgres(directory)
