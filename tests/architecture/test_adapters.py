"""Adapters enter foreign processes: with the framework asked for, and no room of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FRAMEWORKS = {
    "mcp": "mcp",
    "langchain": "langchain_core",
    "langgraph": "langgraph",
    "openai_agents": "agents",
    "pydantic_ai": "pydantic_ai",
    "django": "django",
}
"""What each adapter needs."""
HERE = Path(__file__).parents[2] / "outbox" / "adapters"


def running(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_outbox_that_no_adapter_is_asked_of_imports_no_framework() -> None:
    loaded = running(
        "import sys, outbox, outbox.adapters.tools, outbox.adapters.intake;"
        f" print([name for name in {sorted(FRAMEWORKS.values())} if name in sys.modules])"
    )

    assert loaded.strip() == "[]"


@pytest.mark.parametrize("adapter", FRAMEWORKS)
def test_an_adapter_enters_a_foreign_process_alone(adapter: str, tmp_path: Path) -> None:
    for room in ("schemas", "relay", "consumers", "deploy"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("raise SystemExit('not mine')")

    running(f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; import outbox.adapters.{adapter}")


def test_every_adapter_is_among_these() -> None:
    ours = {"acting", "asking", "saying", "tools", "ways", "intake", "django_mail", "__init__"}

    assert {file.stem for file in HERE.glob("*.py")} == ours | set(FRAMEWORKS)
