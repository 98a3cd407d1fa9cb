"""Scenes of tokens: whom they let in, and what an agent learns with one."""

from __future__ import annotations

import datetime as dt
from functools import partial

from outbox import Proposal, submit, tokens
from outbox.desk import Desk
from outbox.store import Connection, call
from outbox.tokens import Kind
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.playing import connected
from tests.parts import journey

DAY = dt.timedelta(days=1)
MOST = 2**63 - 1
HASH = b"x" * 32
RIGHT = {"kind": "agent", "name": "x", "tenant": "default", "valid_for": DAY, "actor": "ada"}
WRONG = (
    ("a_token_is_kept_as_its_hash", {"hash": b"short"}),
    ("a_token_is_an_agents_or_a_persons", {"kind": "root", "tenant": None}),
    ("a_token_says_whose_it_is", {"name": " "}),
    ("an_agent_proposes_for_a_tenant", {"tenant": ""}),
    ("an_agent_proposes_for_a_tenant", {"tenant": None}),
    ("an_agent_proposes_for_a_tenant", {"kind": "person"}),
    ("an_agent_proposes_for_a_tenant", {"kind": "person", "tenant": ""}),
    ("a_token_names_who_made_it", {"actor": " "}),
    ("a_token_expires", {"valid_for": dt.timedelta(0)}),
    ("a_token_expires", {"valid_for": 367 * DAY}),
)


def made(db: Connection, name: str = "billing", tenant: str | None = "default") -> bytes:
    """The hash of a new token."""
    kind = Kind.PERSON if tenant is None else Kind.AGENT
    new = tokens.make(db, kind, name, tenant=tenant, valid_for=DAY, actor="ada")
    return tokens.hash_of(new.token)


def admitted(db: Connection, token: bytes) -> list[tuple[object, ...]]:
    return call(db, "admit", token=token).fetchall()


def seen(db: Connection, token: bytes, **asked: int) -> list[int]:
    named = {"first": 1, "last": MOST, "most": 99, **asked}
    return [row[0] for row in call(db, "proposed", token=token, **named).fetchall()]


def a_token_lets_in_whom_it_names(db: Connection) -> None:
    agent, person = made(db), made(db, "grace", None)
    assert admitted(db, agent) == [("billing", "default")]
    assert admitted(db, person) == admitted(db, HASH) == []
    [(_, name, since)] = call(db, "admit_person", token=person).fetchall()
    assert (name, since) == ("grace", one(db, "SELECT now()"))
    assert call(db, "admit_person", token=agent).fetchall() == []
    assert call(db, "admit_person", token=HASH).fetchall() == []


def a_bound_login_lets_in_whoever_is_of_its_tenants(db: Connection) -> None:
    ours, others, person = made(db, "a", "ours"), made(db, "b", "others"), made(db, "c", None)
    with connected(db, "holdshort_agent", "others"):
        assert (len(admitted(db, ours)), len(admitted(db, others))) == (0, 1)
    with connected(db, "holdshort_agent", "ours"):
        assert (len(admitted(db, ours)), len(admitted(db, others))) == (1, 0)
        assert len(call(db, "admit_person", token=person).fetchall()) == 1


def what_is_revoked_or_over_lets_nobody_in(db: Connection) -> None:
    first, second = made(db), made(db)
    [newest, oldest] = tokens.tokens(db)
    tokens.revoke(db, oldest.id, actor="grace")
    assert (admitted(db, first), len(admitted(db, second))) == ([], 1)
    assert answer(db, partial(tokens.revoke, db, oldest.id, actor="eve")) == "NotFound"
    assert [row.revoked_by for row in tokens.tokens(db)] == [None, "grace"]
    assert (newest.made_by, newest.name) == ("ada", "billing")
    db.execute("ALTER TABLE outbox.token DISABLE TRIGGER a_token_is_only_revoked")
    db.execute("UPDATE outbox.token SET made_at = now() - interval '1 day', expires_at = now()")
    assert admitted(db, second) == []


def a_use_is_noted_once_in_an_hour(db: Connection) -> None:
    token = made(db)
    assert [row.used_at for row in tokens.tokens(db)] == [None]
    for ago, noted in (("1 day", "0"), ("59 minutes", "59"), ("61 minutes", "0")):
        admitted(db, token)
        db.execute("UPDATE outbox.token_use SET used_at = now() - %s::interval", (ago,))
        admitted(db, token)
        used = "SELECT extract(minutes FROM now() - used_at)::int::text FROM outbox.token_use"
        assert one(db, used) == noted


def every_wrong_token_is_refused_by_name(db: Connection) -> None:
    for rule, wrong in WRONG:
        named = {"hash": HASH, **RIGHT, **wrong}
        assert answer(db, partial(call, db, "make_token", **named)) == rule, wrong
    make = partial(call, db, "make_token", hash=HASH, **RIGHT)
    assert (answer(db, make), answer(db, make)) == ("done", "a_token_is_nobody_elses")
    half = raw(db, "UPDATE outbox.token SET revoked_at = now()")
    assert half == "a_revoked_token_says_by_whom"


def a_token_stays_as_it_was_made(db: Connection) -> None:
    made(db)
    widened = raw(db, "UPDATE outbox.token SET name = 'eve'")
    assert widened == "a_token_is_only_revoked"
    gone = raw(db, "DELETE FROM outbox.token"), raw(db, "TRUNCATE outbox.token CASCADE")
    assert gone == ("history_is_only_added_to", "history_is_only_added_to")


def an_agent_sees_what_was_proposed_as_its_own_and_nothing_else(db: Connection) -> None:
    mine, others = made(db), made(db, "billing", "ours")
    with connected(db, "holdshort_agent"):
        first, second = (submit(db, of("billing", key)).id for key in "ab")
        other = submit(db, of("shipping", "c")).id
        assert seen(db, mine) == [second, first]
        assert seen(db, mine, most=1) == [second]
        assert seen(db, mine, last=first) == seen(db, mine, first=0, last=first) == [first]
        assert seen(db, mine, first=second) == [second]
        assert seen(db, others) == seen(db, HASH) == []
        told = {id: told_of(db, mine, id) for id in (first, other)}
        held = [holds(db, mine, id) for id in (first, other)]
        assert not holds(db, others, first)
    submit(db, of("billing", "d"))  # over another login
    with connected(db, "holdshort_agent"):
        assert seen(db, mine) == [second, first]
        assert not holds(db, mine, other + 1)
    assert told == {first: [("persisted", None, None)], other: []}
    assert held == [True, False]


def of(producer: str, key: str) -> Proposal:
    return Proposal(artifact=journey.mail(), key=key, producer=producer)


def told_of(db: Connection, token: bytes, id: int) -> list[tuple[object, ...]]:
    rows = call(db, "told", token=token, wanted=id).fetchall()
    return [(kind, because, reason) for kind, _, because, reason in rows]


def holds(db: Connection, token: bytes, id: int) -> bool:
    return call(db, "hold_proposed", token=token, wanted=id).fetchall() == [(id,)]


def an_agent_is_told_why_only_where_a_person_tells_it(db: Connection) -> None:
    token = made(db)
    with connected(db, "holdshort_agent"):
        intent = submit(db, of("billing", "a"))
    journey.score_and_route(db)
    journey.approve(db, intent.id)
    Desk(db, actor="ada").revoke(intent.id, reason="between us")
    Desk(db, actor="ada").reject(intent.id, reason="no such bill")
    with connected(db, "holdshort_agent"):
        told = told_of(db, token, intent.id)
    reasons = {kind: reason for kind, _, reason in told}
    assert [kind for kind, _, _ in told] == journey.kinds_of(db, intent.id)
    assert {kind for kind, reason in reasons.items() if reason} == {"rejected"}
    assert reasons["rejected"] == "no such bill"
    assert {because for kind, because, _ in told if kind != "rejected"} == {None}


SCENES = (
    a_token_lets_in_whom_it_names,
    a_bound_login_lets_in_whoever_is_of_its_tenants,
    what_is_revoked_or_over_lets_nobody_in,
    a_use_is_noted_once_in_an_hour,
    every_wrong_token_is_refused_by_name,
    a_token_stays_as_it_was_made,
    an_agent_sees_what_was_proposed_as_its_own_and_nothing_else,
    an_agent_is_told_why_only_where_a_person_tells_it,
)
