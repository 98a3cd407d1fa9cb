"""Which tenants a login is bound to.

A login that is bound to tenants sees and changes what is of them, whatever it calls.  One
that is bound to none proposes for the tenant `default` and sees what its group may see of
all.  A binding stays: to end it, end the login.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Boolean, Table, Text, select
from sqlalchemy import Connection as Reading
from sqlalchemy.dialects.postgresql import ARRAY

from outbox.errors import BadSettings, NotFound
from outbox.store import Connection, call, refusals
from outbox.tables import MOMENT, always, metadata

tenancy = Table(
    "tenancy",
    metadata,
    *(always(name, Text) for name in ("login", "tenant", "bound_by")),
    always("bound_at", MOMENT),
)
cell = Table(
    "cell",
    metadata,
    always("only_row", Boolean),
    always("name", Text),
    always("tenants", ARRAY(Text)),
    always("declared_by", Text),
    always("declared_at", MOMENT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A login, one of its tenants, and who has bound it."""

    login: str
    tenant: str
    bound_by: str
    bound_at: dt.datetime


def bind(connection: Connection, login: str, tenant: str, *, actor: str) -> None:
    """Bind a login to a tenant, and to no more than what it is bound to.

    Raises `NotFound` if there is no such login, and `NotAllowed` if it is an operator's:
    the switch and the limits are of all tenants.
    """
    if not actor.strip() or not tenant.strip():
        raise BadSettings("a binding names a tenant, and who binds")
    with refusals():
        named = {"login": login, "tenant": tenant, "actor": actor}
        [(there,)] = call(connection, "bind_login", **named).fetchall()
    if not there:
        raise NotFound(f"there is no login {login}", hint="make it first: holdshort roles")


def bindings(connection: Reading) -> tuple[Binding, ...]:
    """Every binding that who is connected may see."""
    rows = connection.execute(select(tenancy).order_by(tenancy.c.tenant, tenancy.c.login))
    return tuple(Binding(**row) for row in rows.mappings())
