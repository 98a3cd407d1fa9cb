"""The demo is the main job, and what the README shows of it is true."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest

from deploy import readme
from tests.deploy.command import Said, holdshort
from tests.parts.processes import born_with

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "README.md").read_text("utf-8")


MARK = f"demo-{uuid4().hex}"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path]:
    report = tmp_path_factory.mktemp("demo") / "report.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMO_MARK", MARK)
        return holdshort("demo", "--json", "--no-open", "--report", str(report)), report


def test_the_demo_sends_each_mail_once_and_strands_the_one_in_doubt(
    run: tuple[Said, Path],
) -> None:
    said, _ = run
    tally = {name: int(str(number)) for name, number in said.json.items()}

    assert said.code == 0, said.err
    assert tally["submitted"] >= 12
    assert tally["stranded"] == 1
    assert tally["duplicates"] == 0
    assert tally["delivered"] == tally["sent"] + 1
    assert tally["receipts"] >= 5 * tally["sent"]
    assert len(said.out.splitlines()) == 1


def test_the_demo_leaves_no_process_behind(run: tuple[Said, Path]) -> None:
    assert run[0].code == 0
    assert born_with(MARK) == set()


def test_the_demo_draws_a_picture_that_loads_nothing(run: tuple[Said, Path]) -> None:
    page = run[1].read_text("utf-8")

    assert page.count('class="stranded"') > 1
    assert page.count("<g ") == int(str(run[0].json["submitted"]))
    assert not re.search(r"""(src|href)=|url\(|@import""", page)


def test_the_readme_shows_what_the_demo_prints(run: tuple[Said, Path]) -> None:
    shown = readme.block(PAGE, "demo").strip("`\n").splitlines()
    told = run[0].err.splitlines()

    assert [line for line in shown[:-2] if "picture" not in line] == [
        line for line in told if "picture" not in line
    ]


def test_the_readme_draws_the_law() -> None:
    assert readme.block(PAGE, "lifecycle") == readme.lifecycle()


def test_the_example_of_the_readme_runs(dsn: str) -> None:
    code = readme.block(PAGE, "example").removeprefix("```python\n").removesuffix("```\n")
    names: dict[str, object] = {"dsn": dsn}

    exec(compile(code, "README.md", "exec"), names)

    assert "id=1, version=1" in str(names["intent"])
