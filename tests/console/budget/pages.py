"""Every page, by name: asked for over HTTP, of a console with its own login."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx

from outbox.pools import pooled
from outbox.screens.lists import Which, listed

SCREENS = (
    *("/receipts", "/agents", "/attention", "/calibration", "/policies", "/system"),
    "/search?q=agent:billing+score:<0.4",
)


def pages(origin: str, reader: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each asks once, on a connection that stays open."""
    client = httpx.Client(base_url=origin, timeout=30, trust_env=False)
    engine = pooled(reader)
    with engine.connect() as look:
        for which in Which:
            found = listed(look, which)
            yield f"page /{which}", _asking(client, f"/{which}")
            if found.rows:
                yield (
                    f"page of an intent in {which}",
                    _asking(client, f"/intents/{found.rows[0].id}"),
                )
    engine.dispose()
    for path in SCREENS:
        yield f"page {path}", _asking(client, path)


def _asking(client: httpx.Client, path: str) -> Callable[[], object]:
    def ask() -> object:
        return client.get(path).raise_for_status().content

    return ask
