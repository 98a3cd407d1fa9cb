"""Every request that the two APIs answer, and with which statuses."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI

from consumers.console.api.app import AT
from deploy.openapi import applications
from deploy.reference.table import head, table

_SAID = """\
What [the two APIs](API.md) answer, from the descriptions that they serve as `openapi.json`; the
fields of each are there. Whoever is not let in gets 401 or 403, what cannot be read 413, 415 or
422, and a database that is not there 503; each in a `problem+json` that says what, why and what
next."""

_COLUMNS = ("request", "what it does", "answers beside those")
_EVERYWHERE = {"401", "403", "408", "413", "415", "422", "500", "503"}
_SERVED = {"intake": "", "console": AT}
"""Under which path each stands."""


def page() -> str:
    parts = (
        f"\n## {name.capitalize()}\n\n{table(_COLUMNS, _rows(api, _SERVED[name]))}"
        for name, api in applications().items()
    )
    return head("The requests of the two APIs", _SAID) + "".join(parts)


def _rows(api: FastAPI, under: str) -> Iterator[tuple[str, ...]]:
    for path, methods in api.openapi()["paths"].items():
        for method, told in methods.items():
            said = told["description"].partition("\n\n")[0]
            own = ", ".join(one for one in told["responses"] if one not in _EVERYWHERE)
            yield f"`{method.upper()} {under}{path}`", said, own
