"""Scenes of what is told over a route: what it hears, and nothing else."""

from __future__ import annotations

from outbox import Amount, Proposal, submit
from outbox.desk import Desk, Outbound
from outbox.ledger import Ledger
from outbox.notices import Kind
from outbox.store import Connection
from tests.ledger.guards.notifying import MINUTE, claimed, hearing, tell, teller, waited
from tests.ledger.guards.playing import connected
from tests.parts import journey, policies
from tests.parts.policies import tier
from tests.parts.receipts import attest


def a_kind_that_a_route_does_not_hear_is_not_told_over_it(db: Connection) -> None:
    stranded = journey.stranded(db, Ledger(db, worker="worker-1"))
    awaiting = journey.awaiting(db)
    unsure = journey.scored(db, confidence=0.1)
    Ledger(db, worker="router-1").route(threshold=0.5)
    for kind, id in (
        (Kind.STRANDED, stranded.id),
        (Kind.AWAITING_APPROVAL, awaiting.id),
        (Kind.IN_REVIEW, unsure.id),
    ):
        assert tell(db, hearing(kind.value, kind)) == [(kind.value, id)]
    urgent = tell(db, hearing("all"))
    assert urgent[0] == ("stranded", stranded.id)
    assert len(urgent) == 3


def a_reminder_is_told_from_when_it_was_said(db: Connection) -> None:
    policies.put(db, tier(1, within={"remind": "1h", "escalate": "2h", "to": ["Olga"]}))
    waits = journey.awaiting(db)
    waited(db, waits, 3 * 3600)
    assert tell(db, hearing("r", Kind.REMINDED, gather=MINUTE)) == []
    assert len(Ledger(db, worker="sweeper-1").remind()) == 2
    assert tell(db, hearing("r", Kind.REMINDED, gather=MINUTE)) == []
    assert tell(db, hearing("e", Kind.ESCALATED, gather=MINUTE)) == [("escalated", waits.id)]
    assert tell(db, hearing("r", Kind.REMINDED)) == [("reminded", waits.id)]
    assert tell(db, hearing("r", Kind.REMINDED)) == []
    assert tell(db, hearing("o", Kind.ESCALATED, person="olga ")) == [("escalated", waits.id)]
    assert tell(db, hearing("c", Kind.ESCALATED, person="carol")) == []
    waited(db, waits, 4 * 3600)  # another wait, of which nothing was said yet
    assert tell(db, hearing("e", Kind.ESCALATED)) == []


def an_escalation_is_told_to_whom_it_is_due(db: Connection) -> None:
    policies.put(
        db,
        tier(1, within={"escalate": "1h", "to": ["olga"]}),
        tier(1, within={"escalate": "5h", "to": ["carol"]}),
        tier(1, within={"escalate": "1h", "to": ["dan"]}, channel="moon"),
    )
    waits = journey.awaiting(db)
    waited(db, waits, 2 * 3600)
    Ledger(db, worker="sweeper-1").remind()
    said = {
        name: tell(db, hearing(name, Kind.ESCALATED, person=name))
        for name in ("olga", "carol", "dan")
    }
    assert said == {"olga": [("escalated", waits.id)], "carol": [], "dan": []}


def a_route_of_tenants_or_groups_hears_of_what_is_theirs(db: Connection) -> None:
    _two_groups(db)
    with connected(db, "holdshort_agent", "ours"):
        dear = journey.mail().model_copy(update={"amount": Amount(value=101, currency="EUR")})
        ours = submit(db, Proposal(artifact=dear, key="k", producer="tests"))
    plain = journey.awaiting(db)
    journey.score_and_route(db)
    db.execute("INSERT INTO outbox.reminder SELECT id, moved_at, 'reminded' FROM outbox.intent")
    both, none = [ours.id, plain.id], list[int]()
    for tenants, groups, ids in (
        (("ours",), None, [ours.id]),
        (("ours", "default"), None, both),
        (None, ("finance",), [ours.id]),
        (None, ("legal",), none),
        (("default",), ("finance",), none),
    ):
        for kind in (Kind.AWAITING_APPROVAL, Kind.REMINDED):
            route = f"{kind} {tenants} {groups}"
            told = tell(db, hearing(route, kind, tenants=tenants, groups=groups))
            assert sorted(id for _, id in told) == sorted(ids), route


def _two_groups(db: Connection) -> None:
    policies.put(
        db,
        tier(1, of="finance", above={"value": 100, "currency": "EUR"}),
        tier(1, of="legal", channel="moon"),
        groups={"finance": ["ada"], "legal": ["bob"]},
    )


def a_turn_of_the_switch_is_told_once(db: Connection) -> None:
    heard = hearing("r", Kind.SWITCH)
    db.execute("UPDATE outbox.switch SET flipped_at = now() - interval '1 hour'")
    found = claimed(db, heard)
    assert found is not None
    assert [one.state for one in found.notices] == ["off"]
    teller(db).record("r", found.fence, found.notices)
    assert tell(db, heard) == []
    assert tell(db, hearing("s", Kind.STRANDED)) == []
    Desk(db, actor="ada").flip(Outbound.ON)
    found = claimed(db, heard)
    assert found is not None
    assert [one.state for one in found.notices] == ["on"]


def a_silent_attester_is_told_of_once(db: Connection) -> None:
    heard = hearing("r", Kind.ATTESTER_SILENT)
    journey.proposed(db)
    assert tell(db, heard) == []
    _aged(db)
    assert tell(db, hearing("s", Kind.STRANDED)) == []
    assert tell(db, heard) == [("attester_silent", 0)]
    assert tell(db, heard) == []
    attest(db)
    assert tell(db, heard) == []
    journey.proposed(db)
    _aged(db)
    assert tell(db, heard) == []  # it has just signed something
    db.execute("ALTER TABLE outbox.checkpoint DISABLE TRIGGER history_is_only_added_to")
    db.execute("UPDATE outbox.checkpoint SET signed_at = now() - interval '7 minutes'")
    assert tell(db, heard) == [("attester_silent", 0)]


def _aged(db: Connection) -> None:
    db.execute("ALTER TABLE outbox.receipt DISABLE TRIGGER history_is_only_added_to")
    db.execute("UPDATE outbox.receipt SET at = now() - interval '6 minutes'")
    db.execute("ALTER TABLE outbox.receipt ENABLE ALWAYS TRIGGER history_is_only_added_to")


SCENES = (
    a_kind_that_a_route_does_not_hear_is_not_told_over_it,
    a_reminder_is_told_from_when_it_was_said,
    an_escalation_is_told_to_whom_it_is_due,
    a_route_of_tenants_or_groups_hears_of_what_is_theirs,
    a_turn_of_the_switch_is_told_once,
    a_silent_attester_is_told_of_once,
)
