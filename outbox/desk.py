"""The desk: how people, and the agent that proposed, change the state of an intent.

Every decision is one short transaction, names who took it and leaves a receipt.  A
decision about what leaves names the digest of its manifest: if anything has changed since
that was read, nothing is decided.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from enum import StrEnum

from psycopg.types.json import Jsonb

from outbox.authority.documents import Document, keep
from outbox.deciding import Decider
from outbox.epoch import Site
from outbox.errors import Conflict
from outbox.failpoints import Point, reach
from outbox.held import same_person
from outbox.intent import Artifact, Intent, canonical
from outbox.lifecycle import Role, State
from outbox.limits.checking import check_suppressed
from outbox.quiescence import check_quiet
from outbox.reasons import Because
from outbox.seen import check_seen
from outbox.store import Connection, call

NO_HOLD = dt.timedelta(0)
Read = str | None
"""The digest of what was read, where it is said."""


class Outbound(StrEnum):
    """The two positions of the one switch."""

    ON = "on"
    OFF = "off"


class Desk:
    """Where one person, or the agent that proposed, decides."""

    def __init__(self, connection: Connection, *, actor: str, role: Role = Role.HUMAN) -> None:
        self._hands = Decider(connection, actor, role)
        self._connection = connection
        self._actor = actor

    def approve(
        self,
        id: int,
        *,
        digest: str,
        valid_for: dt.timedelta,
        hold: dt.timedelta = NO_HOLD,
        signed: Document | None = None,
        delegation: int | None = None,
    ) -> int:
        """Authorise one attempt to send exactly this, once `hold` is over.

        Gives back how many more people at least must do so, too, by the policy.  Under a
        `delegation` it is in its delegator's place.  Raises `Conflict` if its manifest is
        not (or no longer) the one with `digest`, or if the person has a hand in it,
        `GateClosed` if a recipient is suppressed, and `BadArtifact` for what is no mail.
        """
        with self._hands.holding(id) as held:
            seen = check_seen(self._connection, id, digest)
            self._hands.may_become(held, State.APPROVED)
            check_suppressed(self._connection, held.id)
            how = {"version": held.version, "valid_for": valid_for, "hold": hold}
            what = {
                "manifest": seen.written,
                "document": signed and keep(self._connection, signed),
                "delegation": delegation,
            }
            [(missing,)] = self._hands.write("approve", held, **what, **how)
            reach(Point.BEFORE_APPROVE)
        reach(Point.AFTER_APPROVE)
        return int(missing)

    def reject(
        self, id: int, *, reason: str, because: Because = Because.OTHER, digest: Read = None
    ) -> None:
        """Say no, for good.

        Raises `Conflict` if a `digest` is given and is not (or no longer) that of its
        manifest, or of the bytes of what could never be sent, which has none.
        """
        with self._hands.holding(id, digest) as held:
            why = {"because": because, "reason": reason}
            self._hands.decide(held, State.REJECTED, "rejected", why)
            reach(Point.BEFORE_REJECT)
        reach(Point.AFTER_REJECT)

    def send_back(self, id: int, *, digest: str, because: Because, reason: str) -> None:
        """Ask the agent for another version; the `reason` is for it.

        Whoever had said yes has to do so again, to that.  Raises `Conflict` if its manifest
        is not (or no longer) the one with `digest`.
        """
        with self._hands.holding(id, digest) as held:
            why = {"because": because, "reason": reason}
            self._hands.decide(held, State.SENT_BACK, "sent_back", why)
            reach(Point.BEFORE_SEND_BACK)
        reach(Point.AFTER_SEND_BACK)

    def withdraw(self, id: int, *, reason: str, digest: Read = None) -> None:
        """Take it back before anybody sends it.  A `digest` as in `reject`."""
        with self._hands.holding(id, digest) as held:
            self._hands.decide(held, State.WITHDRAWN, "withdrawn", {"reason": reason})
            reach(Point.BEFORE_WITHDRAW)
        reach(Point.AFTER_WITHDRAW)

    def defer(self, id: int, *, digest: str, until: dt.datetime, reason: str = "") -> None:
        """Put what waits for a person out of sight, for 31 days at most; nothing else changes.

        Nobody is reminded of it meanwhile; it is escalated all the same.  It is back as soon
        as it moves.  Raises `Conflict` as `send_back` does, and `BadSettings` for other times.
        """
        with self._hands.holding(id, digest):
            about = {"id": id, "until": until, "reason": reason}
            call(self._connection, "defer", **about, **self._hands.by)
            reach(Point.BEFORE_DEFER)
        reach(Point.AFTER_DEFER)

    def take_up(self, id: int) -> None:
        """Bring back into sight what anybody has deferred.  Raises `Conflict` if nobody has."""
        with self._hands.holding(id):
            if not call(self._connection, "take_up", id=id, **self._hands.by).fetchall():
                raise Conflict(f"intent {id} is not deferred")
            reach(Point.BEFORE_TAKE_UP)
        reach(Point.AFTER_TAKE_UP)

    def revoke(self, id: int, *, reason: str, digest: Read = None) -> None:
        """Take an approval back; it takes effect until the moment of the permit.

        Raises `Conflict` where there is no approval, or its permit was already given.  A
        `digest` as in `reject`.
        """
        with self._hands.holding(id, digest) as held:
            if held.state not in (State.APPROVED, State.SENDING):
                raise Conflict(f"intent {id} is {held.state}: there is nothing to revoke")
            evidence = Jsonb({"reason": reason})
            self._hands.write("revoke", held, approval=held.approval_id, evidence=evidence)
            if held.state == State.APPROVED:
                self._hands.decide(held, State.IN_REVIEW, "returned", {"reason": reason})
            reach(Point.BEFORE_REVOKE)
        reach(Point.AFTER_REVOKE)

    def edit(self, id: int, artifact: Artifact, *, digest: str) -> Intent:
        """Write a new version in place of what has `digest`; it is scored again."""
        content = canonical(artifact)
        with self._hands.holding(id, digest) as held:
            self._hands.may_become(held, State.SUBMITTED)
            [(version, new)] = self._hands.write(
                "edit", held, version=held.version, content=content
            )
            reach(Point.BEFORE_EDIT)
        reach(Point.AFTER_EDIT)
        return Intent(id, version, new)

    def resolve(
        self, id: int, outcome: State, *, reason: str, second: str = "", digest: Read = None
    ) -> None:
        """Say what became of a stranded intent: sent, not sent (`in_review`) or given up.

        Raises `GateClosed` for "not sent" as long as the old bytes may still arrive, unless
        a `second` person takes that upon them, which is receipted as `overridden`.  A
        `digest` as in `reject`.
        """
        if same_person(second, self._actor):
            raise Conflict(
                f"{self._actor} asks already: an override takes a second person",
                hint="let somebody else override it: --override-by NAME",
            )
        with self._hands.holding(id, digest) as held:
            if held.state != State.STRANDED:
                raise Conflict(f"intent {id} is {held.state}, not stranded")
            if outcome is State.IN_REVIEW:
                check_quiet(self._hands, held, reason=reason, second=second)
            self._hands.decide(held, outcome, "resolved", {"reason": reason, "as": outcome})
            reach(Point.BEFORE_RESOLVE)
        reach(Point.AFTER_RESOLVE)

    def flip(self, outbound: Outbound) -> None:
        """Turn the one switch.  Once `OFF` has committed, no permit is given any more."""
        reach(Point.BEFORE_FLIP)
        call(self._connection, "flip", outbound=outbound is Outbound.ON, **self._hands.by)
        reach(Point.AFTER_FLIP)

    def arm(self, site: Site) -> None:
        """Let senders of this site send from this database as it stands here and now.

        The switch is off afterwards: look at what is approved before it leaves.
        """
        with self._connection.transaction():
            self.flip(Outbound.OFF)
            call(self._connection, "arm", **asdict(site), **self._hands.by)
