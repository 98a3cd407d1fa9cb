"""Carry out every check over one connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import psycopg

from deploy.doctor import logins, schema, state
from deploy.doctor.broker import broker
from deploy.doctor.finding import Finding, fine
from outbox.cluster import NOWHERE, Cluster
from outbox.epoch import Site
from outbox.errors import DependencyDown
from outbox.store import Connection, connect
from schemas import revision

Check = Callable[[Connection], Finding]


def examine(dsn: str, site: Site, cluster: Cluster = NOWHERE) -> Iterator[Finding]:
    """Every finding, in an order that mends the first things first.

    Raises `DependencyDown` if the database does not answer.
    """
    with connect(dsn, application="holdshort doctor") as connection:
        at = _revision(dsn)
        yield at
        if at.ok:
            for check in _checks(site):
                yield _asked(check, connection)
    yield broker(cluster)


def _checks(site: Site) -> tuple[Check, ...]:
    return (
        logins.groups,
        schema.owners,
        schema.public,
        schema.privileges,
        schema.functions,
        schema.triggers,
        schema.policies,
        logins.logins,
        logins.own_login,
        state.durable,
        state.switch,
        partial(state.epoch, site=site),
        state.room,
        state.stages,
        state.relay,
        state.attester,
        state.routes,
        state.partitions,
    )


def _revision(dsn: str) -> Finding:
    try:
        found = revision.check(dsn)
    except DependencyDown as error:
        said, remedy = str(error), error.hint
    except psycopg.errors.InsufficientPrivilege as error:
        said, remedy = f"this login sees no schema: {error}", "put it into a group of ours"
    except psycopg.Error:
        said, remedy = "this database has no Holdshort schema", schema.AGAIN
    else:
        return fine("schema", f"the schema is at revision {found}")
    return Finding(check="schema", ok=False, said=said, remedy=remedy)


def _asked(check: Check, connection: Connection) -> Finding:
    try:
        return check(connection)
    except psycopg.errors.InsufficientPrivilege:
        named = check.func if isinstance(check, partial) else check
        return fine(named.__name__, "not asked: this login may not, and need not")
