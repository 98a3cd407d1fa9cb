"""The house is kept: layers, sizes, one statement per file, words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("outbox", "schemas", "relay", "consumers", "deploy", "tests")
LONGEST_FILE, LONGEST_FUNCTION = 200, 25
BANNED = {
    "outbox": r"\b(task|job|payload|dedupe|reap|dead letter|visibility timeout)s?\b",
    "consumers": r"\b(task|job|payload|dedupe|reap|visibility timeout)s?\b",
    "relay": r"\b(task|job|payload|dedupe|reap|visibility timeout)s?\b",
}
"""Words that mean what another word already means here."""


def sources(suffix: str) -> list[Path]:
    return sorted(file for room in ROOMS for file in (HOUSE / room).rglob(f"*{suffix}"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=HOUSE, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "command",
    [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)],
    ids=["lint", "format", "types"],
)
def test_the_code_is_clean(command: tuple[str, ...]) -> None:
    done = run(*command)

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_import_runs_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([lint], cwd=HOUSE, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_the_outbox_enters_a_foreign_process_alone(tmp_path: Path) -> None:
    for room in ("schemas", "relay", "consumers", "deploy"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("raise SystemExit('not mine')")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; import outbox; outbox.submit"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("file", sources(".py"), ids=lambda file: str(file.relative_to(HOUSE)))
def test_a_file_and_its_functions_are_read_at_one_glance(file: Path) -> None:
    text = file.read_text("utf-8")

    assert len(text.splitlines()) <= LONGEST_FILE
    assert [name for name, length in functions(text) if length > LONGEST_FUNCTION] == []


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Every function and how many lines its body has, without its docstring."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = ast.get_docstring(node, clean=False)
            body = node.body[1:] if said is not None else node.body
            if body:
                yield node.name, (node.end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("file", sources(".sql"), ids=lambda file: file.name)
def test_a_sql_file_holds_one_statement(file: Path) -> None:
    text = re.sub(r"--[^\n]*", "", file.read_text("utf-8"))
    outside = "".join(re.split(r"\$\$.*?\$\$", text, flags=re.DOTALL))

    assert outside.strip().rstrip(";").count(";") == 0
    assert outside.strip()


@pytest.mark.parametrize("room", BANNED)
def test_one_word_per_thing(room: str) -> None:
    found = [
        f"{file.name}: {match[0]}"
        for file in (HOUSE / room).rglob("*.py")
        for match in re.finditer(BANNED[room], file.read_text("utf-8"), re.IGNORECASE)
    ]

    assert found == []


def test_no_lock_or_source_names_an_address_of_a_registry() -> None:
    lock = (HOUSE / "requirements.lock").read_text("utf-8")

    assert "://" not in lock
    assert "--hash=sha256:" in lock
