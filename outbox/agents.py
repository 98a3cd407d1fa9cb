"""What an agent may do with its token: propose, look at its own, edit it, take it back.

The database says whose the token is, for each act anew, and shows and moves nothing that was
not proposed under that name, for that tenant, over this very login.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from psycopg.rows import class_row

from outbox.deciding import Decider
from outbox.desk import Desk
from outbox.errors import Conflict, NotFound
from outbox.held import Held
from outbox.intent import Artifact, Proposal, canonical
from outbox.lifecycle import Role, State
from outbox.store import Connection, call, calling
from outbox.submit import submit
from outbox.tokens import TokenUnknown

_ALL = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An intent as its agent sees it."""

    id: int
    key: str
    channel: str
    state: str
    version: int
    digest: str
    """Of its bytes: an edit names what it is in place of."""
    created_at: dt.datetime
    moved_at: dt.datetime
    not_before: dt.datetime
    not_after: dt.datetime | None
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What was done with it, and, of a no, why."""

    kind: str
    at: dt.datetime
    because: str | None
    reason: str | None


class Edited(Conflict):
    """It does not say any more what the one who edits has read."""

    hint = "look at it again, and name the digest that it has now"


class Agent:
    """Whoever shows the token with this hash; each method is one transaction."""

    def __init__(self, connection: Connection, token: bytes) -> None:
        self._connection = connection
        self._token = token

    def check(self) -> tuple[str, str]:
        """As whom it proposes, and for which tenant.  Raises `TokenUnknown`."""
        found = call(self._connection, "admit", token=self._token).fetchone()
        if found is None:
            raise TokenUnknown("this token is no agent's, or is not in force any more")
        return str(found[0]), str(found[1])

    def propose(self, proposal: Proposal) -> tuple[Proposed, bool]:
        """Propose, as whom the token says; tell whether it is new.

        Raises `Conflict` if the key already names other bytes, or another agent's intent.
        """
        with self._connection.transaction():
            producer, tenant = self.check()
            try:
                own = replace(proposal, producer=producer, tenant=tenant)
                found = self._row(submit(self._connection, own).id)
            except (Conflict, NotFound):
                raise Conflict(
                    f"the key {proposal.key} already names something else",
                    hint="the same key is for the same bytes: take another one",
                ) from None
        return found, found.created_at == found.now

    def page(self, *, before: int | None, size: int) -> tuple[list[Proposed], int | None]:
        """Its own, the newest first; ask for the next ones with the number, None: no more."""
        last = _ALL if before is None else before - 1
        found = self._rows(1, last, size + 1)
        return found[:size], found[size - 1].id if len(found) > size else None

    def look(self, id: int) -> tuple[Proposed, list[Told]]:
        """One of its own, and what became of it.  Raises `NotFound`."""
        with self._connection.transaction():
            found = self._row(id)
            rows = call(self._connection, "told", token=self._token, wanted=id).fetchall()
        return found, [Told(*row) for row in rows]

    def edit(self, id: int, artifact: Artifact, *, digest: str) -> Proposed:
        """Put another version in place of the bytes with `digest`; it is scored again.

        Raises `NotFound`, `Edited`, and `IllegalMove` where nobody can edit it any more.
        """
        content = canonical(artifact)
        with self._holding(id) as (hands, held):
            if held.digest != digest:
                raise Edited(f"intent {id} is now version {held.version}: {held.digest}")
            hands.may_become(held, State.SUBMITTED)
            hands.write("edit", held, version=held.version, content=content)
        return self._row(id)

    def withdraw(self, id: int, *, reason: str) -> Proposed:
        """Take it back before anybody sends it.  Raises `NotFound` and `IllegalMove`."""
        with self._connection.transaction():
            self._hold(id)
            desk = Desk(self._connection, actor=self.check()[0], role=Role.AGENT)
            desk.withdraw(id, reason=reason)
        return self._row(id)

    @contextmanager
    def _holding(self, id: int) -> Iterator[tuple[Decider, Held]]:
        with self._connection.transaction():
            self._hold(id)
            hands = Decider(self._connection, self.check()[0], Role.AGENT)
            with hands.holding(id) as held:
                yield hands, held

    def _hold(self, id: int) -> None:
        named = {"token": self._token, "wanted": id}
        if not call(self._connection, "hold_proposed", **named).fetchall():
            raise _none(id)

    def _row(self, id: int) -> Proposed:
        found = self._rows(id, id, 1)
        if not found:
            raise _none(id)
        return found[0]

    def _rows(self, first: int, last: int, most: int) -> list[Proposed]:
        statement = calling("proposed", "token", "first", "last", "most")
        named = {"token": self._token, "first": first, "last": last, "most": most}
        with self._connection.cursor(row_factory=class_row(Proposed)) as cursor:
            return cursor.execute(statement, named).fetchall()


def _none(id: int) -> NotFound:
    return NotFound(f"you have not proposed an intent {id}", hint="see yours: GET /v1/intents")
