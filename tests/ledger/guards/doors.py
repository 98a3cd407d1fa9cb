"""Guards that are redundant on purpose: several locks on one door.

Taking one away opens nothing, so no scene of `permits` can tell; taking all away does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.tables import SOME_APPROVAL, UNAPPROVED, UNTRUNCATED
from tests.parts import journey
from tests.parts.journey import SECOND

Lock = tuple[str, tuple[str, str]]
"""A file, and the change of it that takes the lock away."""


class Door(NamedTuple):
    scene: Callable[[Connection], None]
    locks: tuple[Lock, ...]


def no_permit_for_the_approval_of_another_intent(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    journey.approved(db)
    raw(
        db,
        "UPDATE outbox.intent SET approval_id = (SELECT max(id) FROM outbox.approval)"
        " WHERE state = 'sending'",
    )
    answer(db, lambda: ledger.permit(claim, enough=SECOND))
    foreign = (
        "SELECT count(*) FROM outbox.attempt JOIN outbox.approval ON approval.id = approval_id"
        " WHERE approval.intent_id <> attempt.intent_id"
    )
    assert one(db, foreign) == 0


def no_permit_without_any_approval(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    raw(db, "UPDATE outbox.intent SET approval_id = NULL WHERE state = 'sending'")
    answer(db, lambda: ledger.permit(claim, enough=SECOND))
    assert one(db, "SELECT count(*) FROM outbox.attempt WHERE approval_id IS NULL") == 0


def no_truncation_of_everything(db: Connection) -> None:
    journey.permitted(db, Ledger(db, worker="worker-1"))
    assert raw(db, "TRUNCATE outbox.intent CASCADE") == "history_is_only_added_to"


DOORS = (
    Door(
        no_permit_for_the_approval_of_another_intent,
        (
            ("25_intent_names_approval.sql", SOME_APPROVAL),
            (
                "61_permit.sql",
                ("leave.digest <> held.digest OR leave.intent_id <> held.id", "false"),
            ),
        ),
    ),
    Door(
        no_permit_without_any_approval,
        (
            ("20_intent.sql", UNAPPROVED),
            ("61_permit.sql", ("leave.id IS NULL", "false")),
            ("26_attempt.sql", ("approval_id  bigint NOT NULL", "approval_id  bigint")),
        ),
    ),
    Door(
        no_truncation_of_everything,
        tuple(
            (file, UNTRUNCATED)
            for file in (
                "45_artifact_is_only_added_to.sql",
                "46_receipt_is_only_added_to.sql",
                "47_event_is_only_added_to.sql",
                "48_attempt_is_only_added_to.sql",
                "49_score_is_only_added_to.sql",
                "50_intents_stay.sql",
                "51_approvals_stay.sql",
                "89_leaf_is_only_added_to.sql",
                "55_recipient_is_only_added_to.sql",
                "57_counted_is_only_added_to.sql",
            )
        ),
    ),
)
