"""Holdshort: proposed, scored, approved by a person; the real sender sends."""

from __future__ import annotations

import datetime as dt

from outbox import Email
from outbox.desk import Desk
from outbox.lifecycle import State
from outbox.store import Connection, connect
from schemas.migrate import upgrade
from tests.parts import journey
from tests.peers.adapters import handing

AN_HOUR = dt.timedelta(hours=1)


def hand_in() -> None:
    upgrade(handing.dsn())
    journey.arm(handing.dsn())
    with opened() as db:
        for key in handing.mails():
            journey.proposed(db, mail_of(key), key=key)
        while waiting(db, State.SUBMITTED):
            journey.score_and_route(db)
        for id in waiting(db, State.AWAITING_APPROVAL):
            Desk(db, actor="ada").approve(id, digest=journey.seen(db, id), valid_for=AN_HOUR)
        journey.switch_on(db)


def books() -> None:
    with opened() as db:
        rows = db.execute("SELECT idempotency_key, state FROM outbox.intent")
        states = {str(key): str(state) for key, state in rows}
    handing.show(states, done=[State.SENT], unknown=[State.STRANDED])


def mail_of(key: str) -> Email:
    return Email(
        sender=handing.SENDER,
        to=(handing.address(key),),
        subject=handing.SUBJECT,
        text=handing.TEXT,
    )


def waiting(db: Connection, state: State) -> list[int]:
    rows = db.execute("SELECT id FROM outbox.intent WHERE state = %s", (state,))
    return [id for (id,) in rows]


def opened() -> Connection:
    return connect(handing.dsn(), application="peers")


if __name__ == "__main__":
    handing.main(hand_in=hand_in, books=books)
