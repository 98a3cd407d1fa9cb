"""Which page comes from which part of the code."""

from __future__ import annotations

from deploy.reference import commands, database, errors, settings, states

PAGES = {
    "docs/SETTINGS": settings.page,
    "docs/COMMANDS": commands.page,
    "docs/ERRORS": errors.page,
    "docs/STATES": states.page,
    "docs/DATABASE": database.page,
}
