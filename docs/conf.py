"""How Sphinx makes one site of the README and the pages beside this file: `make docs`.

The sources are the files that a forge shows, where they are; nothing is copied or rewritten.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.application import Sphinx

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE))

from deploy import site  # noqa: E402  # the path above leads there

project = "Holdshort"
html_title = "Holdshort"
root_doc = site.FRONT
extensions = ["myst_parser"]
include_patterns = [f"{site.FRONT}.md", "docs/*.md"]
exclude_patterns = [".venv", ".peers", ".git", "site", "build", "tests", "consumers"]
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_theme_options = {"source_repository": "", "top_of_page_buttons": []}
pygments_style = "friendly"
myst_heading_anchors = 4
# Plain blocks are text and command lines; a diagram is shown as it is written, for what
# draws it is a script from elsewhere.
highlight_language = "text"
suppress_warnings = ["misc.highlighting_failure"]


def with_toctrees(_app: Sphinx, name: str, source: list[str]) -> None:
    if name == site.FRONT:
        source[0] += "\n" + site.toctrees()


def setup(app: Sphinx) -> None:
    app.connect("source-read", with_toctrees)
