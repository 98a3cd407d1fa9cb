"""The site: which pages there are, in the order in which a reader looks for them."""

from __future__ import annotations

from pathlib import Path

HOUSE = Path(__file__).parents[1]
FRONT = "README"

NAVIGATION = {
    "How to": (
        "docs/ADAPTERS",
        "docs/API",
        "docs/WEBHOOKS",
        "docs/DEPLOY",
        "docs/AUTHORITY",
        "docs/SCORING",
        "docs/ATTENTION",
        "docs/CONSOLE",
        "docs/CALIBRATION",
        "docs/SIGNIN",
        "docs/NOTIFICATIONS",
        "docs/MONITORING",
        "docs/RUNBOOK",
        "docs/SCALE",
    ),
    "Reference": (
        "docs/SETTINGS",
        "docs/COMMANDS",
        "docs/ERRORS",
        "docs/STATES",
        "docs/DATABASE",
        "docs/CONTRACTS",
        "docs/ENDPOINTS",
        "docs/RECEIPTS",
        "docs/KINDS",
        "docs/FINDINGS",
        "docs/SCORERS",
        "docs/METRICS",
        "docs/FAILPOINTS",
    ),
    "Explanation": (
        "docs/PROTOCOL",
        "docs/SECURITY",
        "docs/GLOSSARY",
    ),
    "Measured": (
        "docs/COMPARISON",
        "docs/PEERS",
        "docs/SPEED",
        "docs/BUDGET",
        "docs/RELIABILITY",
        "docs/EVALUATION",
    ),
}
"""Each page once, by what a reader wants; the front page is the README itself."""


def pages() -> list[str]:
    """Every page that is written, from the files."""
    return [FRONT, *sorted(f"docs/{file.stem}" for file in (HOUSE / "docs").glob("*.md"))]


def toctrees() -> str:
    """What the front page has on the site alone, so that no forge shows it."""
    return "\n".join(
        f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(names) + "\n```\n"
        for caption, names in NAVIGATION.items()
    )
