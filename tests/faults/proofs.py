"""Which test proves which part, as the source of the tests says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from deploy.readme import with_block
from tests.faults.catalogue import PARTS
from tests.reliability import PAGE

HOUSE = Path(__file__).parents[2]
MARK = "pytest.mark.fault"


class Proof(NamedTuple):
    """A test that is marked with a part, and where it is."""

    part: str
    file: str
    test: str


def proofs() -> Iterator[Proof]:
    """Every mark on every test, be it on the function or on one of its cases."""
    for file in sorted((HOUSE / "tests").rglob("test_*.py")):
        named = file.relative_to(HOUSE).as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for part in _parts(node):
                    yield Proof(part, named, node.name)


def table() -> str:
    """The rows of the page: what goes wrong, what must come of it, which tests prove it."""
    found: dict[str, dict[str, None]] = {part: {} for part in PARTS}
    for proof in proofs():
        found[proof.part][f"`{proof.file}`: {_sentence(proof.test)}"] = None
    rows = [
        f"| {part} | {PARTS[part]} | {'<br>'.join(tests)} |\n" for part, tests in found.items()
    ]
    head = "| what goes wrong | what must come of it | tests that prove it |\n|---|---|---|\n"
    return "".join([head, *rows])


def _parts(test: ast.FunctionDef) -> Iterator[str]:
    marks = (
        node
        for decorator in test.decorator_list
        for node in ast.walk(decorator)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == MARK
    )
    for mark in marks:
        [part] = mark.args
        assert isinstance(part, ast.Constant), ast.unparse(mark)
        yield str(part.value)


def _sentence(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(with_block(PAGE.read_text("utf-8"), "faults", table()), encoding="utf-8")
