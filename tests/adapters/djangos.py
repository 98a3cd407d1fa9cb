"""A Django of the tests' own: set up once in a process, with one database after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

NAMES = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}


@contextmanager
def django_on(dsn: str) -> Iterator[None]:
    """Django's default database is this one, for as long as the block lasts."""
    named = {key: str(value) for key, value in conninfo_to_dict(dsn).items()}
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": named["dbname"]}
    database |= {theirs: named[ours] for ours, theirs in NAMES.items() if ours in named}
    if not settings.configured:
        settings.configure(
            EMAIL_BACKEND="outbox.adapters.django.EmailBackend",
            HOLDSHORT_PRODUCER="shop",
            DEFAULT_FROM_EMAIL="Shop <shop@example.com>",
            DATABASES={"default": database},
            USE_TZ=True,
        )
        django.setup()
    connections["default"].close()
    connections["default"].settings_dict.update(database)
    try:
        yield
    finally:
        connections["default"].close()
