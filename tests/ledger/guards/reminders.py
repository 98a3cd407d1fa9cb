"""Scenes of what waits for a person, and what no rule of ours ever writes of the policy."""

from __future__ import annotations

from typing import LiteralString

from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import one, raw
from tests.parts import journey, policies
from tests.parts.policies import tier

WITHIN = {"remind": "1h", "escalate": "3h", "to": ["olga"]}
WRONG: tuple[tuple[str, LiteralString], ...] = (
    (
        "a_policy_names_a_person",
        "INSERT INTO outbox.policy (revision, document, set_by)"
        " SELECT revision + 1, document, '' FROM outbox.policy",
    ),
    (
        "a_policy_says_whether_one_may_be_alone",
        "INSERT INTO outbox.policy (revision, document, set_by)"
        " SELECT 9, document - 'sole_operator', 'eve' FROM outbox.policy",
    ),
    (
        "a_policy_is_made_of_tiers",
        "INSERT INTO outbox.policy (revision, document, set_by)"
        " SELECT 9, document - 'tiers', 'eve' FROM outbox.policy",
    ),
    (
        "a_signed_policy_names_its_document",
        "INSERT INTO outbox.policy (revision, document, document_id, set_by)"
        " SELECT 9, document, 99, 'eve' FROM outbox.policy",
    ),
    (
        "an_event_is_a_move_or_a_notice",
        "INSERT INTO outbox.event (intent_id, target, role, version, digest)"
        " SELECT id, 'sent', 'sender', version, digest FROM outbox.intent",
    ),
    (
        "a_step_is_a_known_one",
        "INSERT INTO outbox.reminder SELECT id, now(), 'decided' FROM outbox.intent",
    ),
    (
        "a_step_is_taken_once",
        "INSERT INTO outbox.reminder SELECT id, now(), 'reminded', at FROM outbox.intent,"
        " unnest(ARRAY['now'::timestamptz, 'tomorrow']) AS at",
    ),
    ("history_is_only_added_to", "UPDATE outbox.policy SET document = document"),
    ("history_is_only_added_to", "DELETE FROM outbox.policy"),
    ("history_is_only_added_to", "UPDATE outbox.reminder SET at = now()"),
    ("history_is_only_added_to", "DELETE FROM outbox.reminder"),
    ("history_is_only_added_to", "TRUNCATE outbox.reminder"),
)


def what_the_policy_says_is_kept_as_it_was(db: Connection) -> None:
    journey.awaiting(db)
    db.execute(
        "INSERT INTO outbox.reminder SELECT id, '-infinity', 'reminded' FROM outbox.intent"
    )
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement


def what_waits_too_long_is_said_once_for_each_step_and_waits_on(db: Connection) -> None:
    policies.put(
        db,
        tier(1, within={"remind": "1s"}, channel="moon"),
        tier(1, within=WITHIN),
        tier(1, within={"remind": "90m"}),
    )
    ledger = Ledger(db, worker="worker-1")
    intent, gone = journey.awaiting(db), journey.awaiting(db)
    Desk(db, actor="ada").reject(gone.id, reason="no")
    assert ledger.remind() == []
    waited(db, 2)
    assert [step for _, step in ledger.remind()] == ["reminded"]
    due: LiteralString = "SELECT concat_ws(' ', due - since, names) FROM outbox.overdue()"
    assert one(db, due) == "01:00:00 {}"
    assert ledger.remind() == []
    assert journey.state_of(db, intent.id) == "awaiting_approval"
    waited(db, 4)
    assert len(ledger.remind(batch=1)) == len(ledger.remind(batch=1)) == 1
    assert ledger.remind() == []


def what_is_said_of_it_is_receipted_and_heard(db: Connection) -> None:
    policies.put(db, tier(1, within=WITHIN))
    journey.awaiting(db)
    waited(db, 4)
    assert len(Ledger(db, worker="worker-1").remind()) == 2
    told: LiteralString = (
        "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'to') FROM outbox.receipt"
        " WHERE kind = 'escalated'"
    )
    assert one(db, told) == 'escalated sweeper worker-1 ["olga"]'
    heard: LiteralString = (
        "SELECT string_agg(notice, ' ' ORDER BY notice) FROM outbox.event"
        " JOIN outbox.unpublished USING (seq) WHERE source IS NULL AND role = 'sweeper'"
        " AND target = 'awaiting_approval'"
    )
    assert one(db, heard) == "escalated reminded"


def waited(db: Connection, hours: int) -> None:
    db.execute(
        "UPDATE outbox.intent SET moved_at = now() - make_interval(hours => %s)", (hours,)
    )


SCENES = (
    what_the_policy_says_is_kept_as_it_was,
    what_waits_too_long_is_said_once_for_each_step_and_waits_on,
    what_is_said_of_it_is_receipted_and_heard,
)
