"""Every host that a process with these settings may reach."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from outbox.errors import BadSettings
from outbox.settings import Settings


def destinations(settings: Settings) -> Iterator[str]:
    """Names, addresses and socket directories; empty is libpq's own socket directory."""
    if settings.dsn:
        yield from _of_database(settings.dsn)
    for broker in filter(None, settings.kafka.split(",")):
        yield broker.strip().rpartition(":")[0].strip("[]")
    if url := settings.smtp_url():
        yield urlsplit(url).hostname or "a smart host without a name"
    # Here, since only who sends, and tests, need to know.
    if settings.mail_api is not None:
        from consumers.channels.http.providers.account import host_in

        yield host_in(settings.mail_api)
    if settings.webhooks is not None:
        from consumers.channels.http.places import hosts_in

        yield from hosts_in(settings.webhooks)
    if settings.notify:
        # Here, since only who notifies, and tests, need to know.
        from consumers.notifying.ways import legs_of

        yield from (leg.host for leg in legs_of(settings.notify))


def _of_database(dsn: str) -> Iterator[str]:
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.ProgrammingError as error:
        raise BadSettings(f"HOLDSHORT_DSN: {error}") from error
    if "service" in given:
        yield f"the database of service {given['service']}"
    # What the DSN leaves out, libpq takes from its own environment.
    known = {o.keyword.decode(): (o.val or b"").decode() for o in Conninfo.get_defaults()}
    for name in ("host", "hostaddr"):
        yield from str(given.get(name) or known.get(name, "")).split(",")
