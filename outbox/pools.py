"""Connections for a process that looks often."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Engine, create_engine

from outbox.queries import DIALECT, opened


def pooled(dsn: str, *, most: int = 10) -> Engine:
    """Like `outbox.queries.reader`, with up to `most` connections that are kept open.

    One that died meanwhile is replaced unseen.  Opening one raises `DependencyDown`.
    """
    return create_engine(
        DIALECT,
        creator=partial(opened, dsn),
        pool_size=most,
        max_overflow=0,
        pool_pre_ping=True,
    )
