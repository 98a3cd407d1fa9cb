"""Which page comes from which part of the code."""

from __future__ import annotations

from deploy.reference import commands, database, endpoints, errors, receipts, settings, states

PAGES = {
    "docs/SETTINGS": settings.page,
    "docs/COMMANDS": commands.page,
    "docs/ERRORS": errors.page,
    "docs/STATES": states.page,
    "docs/ENDPOINTS": endpoints.page,
    "docs/KINDS": receipts.page,
    "docs/DATABASE": database.page,
}
