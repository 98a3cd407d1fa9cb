"""Scenes of the armed epoch, and what is taken out of it."""

from __future__ import annotations

from outbox.claim import SEND
from outbox.desk import Desk
from outbox.epoch import Site
from outbox.errors import GateClosed
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one
from tests.ledger.guards.mutations import Changes
from tests.parts import journey
from tests.parts.journey import SECOND

HERE, ELSEWHERE = Site(), Site("elsewhere", "f" * 64)


def nothing_is_claimed_where_sending_is_armed_for_another_place(db: Connection) -> None:
    journey.approved(db)
    for site in (Site("elsewhere"), Site(nonce="f" * 64)):
        Desk(db, actor="ada").arm(site)
        journey.switch_on(db)
        assert Ledger(db, worker="worker-1").claim(SEND) == []


def no_permit_is_given_once_sending_is_armed_for_another_place(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    Desk(db, actor="ada").arm(ELSEWHERE)
    journey.switch_on(db)
    refusal = None
    try:
        ledger.permit(claim, enough=SECOND)
    except GateClosed as closed:
        refusal = closed.reason
    assert refusal == "epoch_differs"


def the_newest_arming_counts_and_names_its_person(db: Connection) -> None:
    journey.approved(db)
    Desk(db, actor="ada").arm(ELSEWHERE)
    Desk(db, actor="bob").arm(HERE)
    journey.switch_on(db)
    assert len(Ledger(db, worker="worker-1").claim(SEND)) == 1
    assert one(db, "SELECT armed_by FROM outbox.epoch ORDER BY id DESC LIMIT 1") == "bob"


def armings_are_only_added_to_and_never_by_nobody(db: Connection) -> None:
    only_added_to = "history_is_only_added_to"
    for act in ("UPDATE outbox.epoch SET nonce = ''", "DELETE FROM outbox.epoch"):
        assert answer(db, lambda act=act: db.execute(act.encode())) == only_added_to  # type: ignore[misc]
    assert answer(db, lambda: db.execute("TRUNCATE outbox.epoch")) == only_added_to
    nobody = (
        b"INSERT INTO outbox.epoch (system_identifier, timeline, database_oid, database,"
        b" environment, nonce, armed_by) VALUES (1, 1, 1, 'd', '', '', '')"
    )
    assert answer(db, lambda: db.execute(nobody)) == "an_epoch_names_a_person"


SCENES = (
    nothing_is_claimed_where_sending_is_armed_for_another_place,
    no_permit_is_given_once_sending_is_armed_for_another_place,
    the_newest_arming_counts_and_names_its_person,
    armings_are_only_added_to_and_never_by_nobody,
)

EPOCHS: dict[str, Changes] = {
    "sender/claim_to_send.sql": (
        (
            "outbox.epoch_refusal(claim_to_send.environment, claim_to_send.nonce) IS NULL",
            "true",
        ),
    ),
    "installation/epoch.sql": (("CHECK (armed_by <> '')", "CHECK (true)"),),
    "history/epoch_is_only_added_to.sql": (
        ("UPDATE OR DELETE", "DELETE"),
        ("DELETE OR TRUNCATE", "TRUNCATE"),
        ("DELETE OR TRUNCATE", "DELETE"),
    ),
    "installation/epoch_refusal.sql": (
        ("ORDER BY id DESC", "ORDER BY id"),
        ("armed.environment, armed.nonce", "sender_environment, armed.nonce"),
        ("armed.environment, armed.nonce", "armed.environment, sender_nonce"),
    ),
    "operator/arm.sql": (("arm.actor", "'somebody'"),),
}
