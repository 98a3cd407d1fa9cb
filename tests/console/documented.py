"""The keys in docs/CONSOLE.md, from the help of the pages: make readme."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, PackageLoader

from consumers.console.page import SCREENS
from deploy.readme import with_block

PAGE = Path("docs/CONSOLE.md")
_ROW = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>")
_KEY = re.compile(r"<kbd>(.*?)</kbd>")


def keys() -> str:
    """A table, with a row for each."""
    templates = Environment(loader=PackageLoader("consumers.console"), autoescape=True)
    told = templates.get_template("help.html").render(screens=SCREENS)
    return "| key | what it does |\n|---|---|\n" + "".join(
        f"| {' '.join(f'`{key}`' for key in _KEY.findall(row))} | {said} |\n"
        for row, said in _ROW.findall(told)
    )


def main() -> None:
    PAGE.write_text(with_block(PAGE.read_text("utf-8"), "keys", keys()), "utf-8")


if __name__ == "__main__":
    main()
