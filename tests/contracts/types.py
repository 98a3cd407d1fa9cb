"""Write the types of the TypeScript client again: `python -m tests.contracts.types`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.parts.node import node, packages

HOUSE = Path(__file__).parents[2]
CLIENT = HOUSE / "deploy" / "clients" / "typescript"
DESCRIBED = HOUSE / "schemas" / "json" / "intake.openapi.json"
# What has a default may be left out by whoever proposes.
OPTIONS = ("--alphabetize", "--default-non-nullable=false")


def generated() -> str:
    """The types of everything that the intake describes."""
    cli = packages() / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    with TemporaryDirectory() as directory:
        written = Path(directory) / "intake.d.ts"
        done = node(cli, DESCRIBED, *OPTIONS, "-o", written)
        if done.returncode:
            raise OSError(done.stderr)
        return written.read_text("utf-8")


if __name__ == "__main__":
    (CLIENT / "intake.d.ts").write_text(generated(), encoding="utf-8")
