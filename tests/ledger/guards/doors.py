"""Guards that are redundant on purpose: several locks on one door.

Taking one away opens nothing, so no scene of `permits` can tell; taking all away does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.tables import SOME_APPROVAL, UNAPPROVED
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


APPROVED_AS_SUCH: Lock = (
    "sender/permit_refusal.sql",
    ("(SELECT other FROM outbox.is_other(held, leave, manifest_digest) AS other)", "false"),
)


def no_truncation_of_what_was_signed(db: Connection) -> None:
    assert raw(db, "TRUNCATE outbox.document CASCADE") == "history_is_only_added_to"


def no_truncation_of_events(db: Connection) -> None:
    """Also before the first partition is made: the rest is always there."""
    for number in range(3):
        db.execute(f"DROP TABLE outbox.event_{number}".encode())
    assert raw(db, "TRUNCATE outbox.event") == "history_is_only_added_to"


UNHEARD = (" OR TRUNCATE", "")
OF_INTENTS = tuple(
    (f"history/{name}.sql", UNHEARD)
    for name in (
        *("artifact_is_only_added_to", "receipt_is_only_added_to", "event_is_only_added_to"),
        *("attempt_is_only_added_to", "score_is_only_added_to", "intents_stay"),
        *("approvals_stay", "leaf_is_only_added_to", "recipient_is_only_added_to"),
        *("counted_is_only_added_to", "endorsement_is_only_added_to"),
        *("amount_is_only_added_to", "reminder_is_only_added_to"),
        *("decoy_is_only_added_to", "met_is_only_added_to"),
        *("verdict_is_only_added_to", "second_look_is_only_added_to"),
    )
)
"""What stands behind an intent, and so behind the policy that it was approved under."""
DOORS = (
    Door(  # whoever truncates a table truncates its partitions
        no_truncation_of_events,
        (
            ("history/event_is_only_added_to.sql", UNHEARD),
            ("history/event_rest_is_written_through_its_table.sql", UNHEARD),
        ),
    ),
    Door(
        no_truncation_of_what_was_signed,
        (
            ("history/document_is_only_added_to.sql", UNHEARD),
            ("history/policy_is_only_added_to.sql", UNHEARD),
            ("history/grants_stay.sql", UNHEARD),
            ("history/delegations_stay.sql", UNHEARD),
            *OF_INTENTS,
        ),
    ),
    Door(
        no_permit_for_the_approval_of_another_intent,
        (
            ("intents/intent_names_approval.sql", SOME_APPROVAL),
            (
                "sender/permit_refusal.sql",
                ("leave.digest <> held.digest OR leave.intent_id <> held.id", "false"),
            ),
            APPROVED_AS_SUCH,
        ),
    ),
    Door(
        no_permit_without_any_approval,
        (
            ("intents/intent.sql", UNAPPROVED),
            ("sender/permit_refusal.sql", ("leave.id IS NULL", "false")),
            APPROVED_AS_SUCH,
            ("intents/attempt.sql", ("approval_id  bigint NOT NULL", "approval_id  bigint")),
        ),
    ),
    Door(
        no_truncation_of_everything,
        OF_INTENTS,
    ),
)
