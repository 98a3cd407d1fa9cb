"""docs/SCALE.md is true: its file of cells is read, and its program proposes where it says."""

from __future__ import annotations

from pathlib import Path

from deploy.local.databases import temporary_database
from deploy.readme import block
from outbox import submit
from outbox.cells import Cells
from tests.ledger.test_cells import proposal, proposed_for, tenants_in, written
from tests.parts.logins import logins_of

PAGE = (Path(__file__).parents[2] / "docs" / "SCALE.md").read_text("utf-8")


def test_the_file_of_the_page_is_one() -> None:
    text = block(PAGE, "cells").removeprefix("```json\n").removesuffix("```\n")
    shown = Cells.model_validate_json(text)
    assert (shown.of("acme"), shown.of("zenith")) == ("north", "south")


def test_the_program_of_the_page_proposes_in_the_south_alone(
    tmp_path: Path, dsn: str, server_dsn: str, template: str
) -> None:
    code = block(PAGE, "proposing").removeprefix("```python\n").removesuffix("```\n")
    with temporary_database(server_dsn, template=template) as south:
        cells = Cells.read(written(tmp_path / "cells.json", dsn, south))
        for name in cells.cells:
            cells.declare(name, actor="olga")
        proposed_for(south, "zenith")
        logins = (logins_of(dsn)["agent"], logins_of(south)["agent"])
        file = written(tmp_path / "of_agents.json", *logins)

        exec(code, {"file": file, "submit": submit, "proposal": proposal("zenith", "another")})

        assert (tenants_in(dsn), tenants_in(south)) == ([], ["zenith", "zenith"])
