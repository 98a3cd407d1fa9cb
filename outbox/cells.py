"""Which of several databases each tenant lives in.

A cell is a whole installation: one PostgreSQL database with its own epoch, switch, caps,
relays, attester and log of receipts.  Nothing is ever done in two cells at once.  A file says
who lives where, and each database says so, too: if they differ, nothing is done.

    {"cells": {"north": {"dsn": "host=north dbname=holdshort", "tenants": ["acme", "umbra"]},
               "south": {"dsn": "host=south dbname=holdshort", "tenants": ["zenith"]}}}
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pydantic

from outbox.errors import BadSettings, Conflict, NotFound
from outbox.fields import first_refused
from outbox.store import Connection, call, connect, refusals, sql

_STRICT = pydantic.ConfigDict(extra="forbid", frozen=True, strict=True)


class Cell(pydantic.BaseModel):
    """Where one cell is, and who lives in it."""

    model_config = _STRICT
    dsn: str = pydantic.Field(min_length=1, repr=False)  # it may hold a password
    """Best without a login: PGUSER and PGPASSFILE say whose process this is."""
    tenants: list[str]


class Cells(pydantic.BaseModel):
    """Every cell, by its name."""

    model_config = _STRICT
    cells: dict[str, Cell]

    @classmethod
    def read(cls, file: Path) -> Cells:
        """Read the file.  Raises `BadSettings`, also if a tenant lives in two cells."""
        try:
            read = cls.model_validate_json(file.read_bytes())
        except OSError as error:
            raise BadSettings(f"HOLDSHORT_CELLS: {file}: {error.strerror}") from None
        except pydantic.ValidationError as refusal:
            raise BadSettings(f"HOLDSHORT_CELLS: {': '.join(first_refused(refusal))}") from None
        lives = Counter(tenant for cell in read.cells.values() for tenant in cell.tenants)
        if twice := [tenant for tenant, times in lives.items() if times > 1]:
            raise BadSettings(f"HOLDSHORT_CELLS: {twice[0]} lives in two cells")
        return read

    def of(self, tenant: str) -> str:
        """The name of the cell in which a tenant lives.  Raises `NotFound`."""
        for name, cell in self.cells.items():
            if tenant in cell.tenants:
                return name
        raise NotFound(
            f"no cell has the tenant {tenant}",
            hint="add it to the file HOLDSHORT_CELLS, then: holdshort cell declare",
        )

    def named(self, name: str) -> Cell:
        """The cell of that name.  Raises `NotFound`."""
        if name not in self.cells:
            raise NotFound(f"no cell is named {name}", hint="look: holdshort cell list")
        return self.cells[name]

    def connected(self, tenant: str, *, application: str) -> Connection:
        """A connection to where this tenant lives, which says so itself.

        Raises `NotFound`, `DependencyDown`, or `Conflict` if it is another place.
        """
        name = self.of(tenant)
        connection = connect(self.cells[name].dsn, application=application)
        [(lives_here,)] = call(connection, "lives_here", cell=name, tenant=tenant).fetchall()
        if not lives_here:
            connection.close()
            raise Conflict(
                f"the database of the cell {name} does not say that {tenant} lives there",
                hint=f"look where its DSN leads, then: holdshort cell declare {name} --by NAME",
            )
        return connection

    def declare(self, name: str, *, actor: str) -> None:
        """Let the database of this cell say which one it is, and who lives in it.

        Raises `Conflict` if it is another cell, or if somebody else lives there.
        """
        cell = self.named(name)
        with connect(cell.dsn, application="holdshort") as connection, refusals():
            named = {"name": name, "tenants": cell.tenants, "actor": actor}
            call(connection, "declare_cell", **named)


def said_by(connection: Connection) -> tuple[str, list[str]] | None:
    """The name and the tenants that a database says it has; None: it is the only one."""
    found = connection.execute(sql("cell")).fetchall()
    return (str(found[0][0]), list(found[0][1])) if found else None
