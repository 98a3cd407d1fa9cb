"""Write the generated parts of a page: `python -m deploy.readme README.md`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from outbox.lifecycle import mermaid


def block(page: str, name: str) -> str:
    """What stands between the marks of this name."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", page, re.DOTALL)
    if found is None:
        raise SystemExit(f"the page has no part <!-- {name} -->")
    return found[1]


def with_block(page: str, name: str, content: str) -> str:
    """The page with this part replaced."""
    return page.replace(
        f"<!-- {name} -->\n{block(page, name)}<!-- /{name} -->",
        f"<!-- {name} -->\n{content}<!-- /{name} -->",
    )


def lifecycle() -> str:
    """The law as a picture."""
    return f"```mermaid\n{mermaid()}\n```\n"


def transcript() -> str:
    """What the demo prints, from a run of it."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "demo", "--no-open"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return f"```\n{done.stdout}```\n"


def main(page: Path) -> None:
    text = page.read_text("utf-8")
    text = with_block(text, "lifecycle", lifecycle())
    page.write_text(with_block(text, "demo", transcript()), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
