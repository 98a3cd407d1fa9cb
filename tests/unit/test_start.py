"""What every start of a process pays for, and what it does not."""

from __future__ import annotations

import subprocess
import sys

from alembic.config import Config
from alembic.script import ScriptDirectory

from schemas import revision


def test_a_process_of_the_pipeline_imports_neither_migrations_nor_signatures() -> None:
    code = (
        "import sys, deploy.commands.operate, deploy.running;"
        "print(*sorted({'alembic', 'sqlalchemy', 'cryptography'} & sys.modules.keys()))"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert said.stdout.split() == []


def test_what_is_needed_is_the_latest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "schemas:migrations")
    config.set_main_option("path_separator", "os")

    assert ScriptDirectory.from_config(config).get_current_head() == revision.NEEDED
