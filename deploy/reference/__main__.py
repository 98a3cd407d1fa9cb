"""Write them all: `python -m deploy.reference`."""

from __future__ import annotations

from deploy.reference.pages import PAGES
from deploy.site import HOUSE

for name, page in PAGES.items():
    (HOUSE / f"{name}.md").write_text(page(), encoding="utf-8")
