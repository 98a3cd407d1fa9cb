"""The written format does not change unnoticed, and two languages read it alike."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.receipts import vectors
from tests.receipts.judging import said
from tests.receipts.vectors import FOLDER

VERIFIER = Path(__file__).parents[1] / "verifiers" / "verify.mjs"
VERDICTS = json.loads((FOLDER / "verdicts.json").read_text("utf-8"))
NODE = shutil.which("node")


def judged_by_node(*files: Path) -> subprocess.CompletedProcess[str]:
    """What the second verifier says."""
    command = [str(NODE), str(VERIFIER), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("one", VERDICTS, ids=lambda one: str(one["bundle"]))
def test_a_vector_is_judged_as_it_was_written_down(one: dict[str, str]) -> None:
    bundle, trust = FOLDER / one["bundle"], FOLDER / "keys.json"
    known = (FOLDER / one["checkpoint"]).read_text("utf-8") if one["checkpoint"] else ""

    roots = (FOLDER / one["reviewers"]).read_bytes() if one["reviewers"] else None

    verdict = said(bundle.read_bytes(), trust=trust.read_bytes(), known=known, reviewers=roots)

    assert verdict == one["verdict"]
    assert verdict.startswith("valid: ") == one["bundle"].startswith("valid-")


def test_the_vectors_are_those_that_are_written_today() -> None:
    written = dict(vectors.files())

    assert {file.name for file in FOLDER.iterdir()} == set(written)
    for name, content in written.items():
        assert (FOLDER / name).read_bytes() == content, name


@pytest.mark.skipif(NODE is None, reason="the second verifier needs node")
@pytest.mark.parametrize(
    "one",
    [one for one in VERDICTS if not one["reviewers"]],
    ids=lambda one: str(one["bundle"]),
)
def test_a_second_verifier_in_another_language_says_the_same(one: dict[str, str]) -> None:
    known = [FOLDER / one["checkpoint"]] if one["checkpoint"] else []

    done = judged_by_node(FOLDER / one["bundle"], FOLDER / "keys.json", *known)

    word, item, _ = one["verdict"].split(": ", 2)
    assert done.stdout.split(": ")[:2] == [word, item]
    assert done.returncode == (0 if word == "valid" else 1)
