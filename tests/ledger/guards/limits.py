"""Scenes of limits: each shows what a guard is there for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from hashlib import sha256

from outbox.claim import SEND, Claim
from outbox.intent import digest_of
from outbox.ledger import Ledger
from outbox.limits.setting import Scope
from outbox.manifest import MailManifest, read
from outbox.store import Connection
from tests.ledger.guards.answers import NOT_HELD, answer, answered, locks, one, raw
from tests.ledger.guards.leaving import TO_MANY, held, limits, permit
from tests.ledger.guards.wrong_limits import WRONG_CAPS
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND


def every_wrong_limit_is_refused_by_name(db: Connection) -> None:
    limits(db).set_cap(Scope.EVERYTHING, "", most=9, span=HOUR)
    journey.permitted(db, Ledger(db, worker="worker-1"))
    for rule, statement in WRONG_CAPS:
        assert raw(db, statement) == rule, statement


def a_cap_lets_so_many_through_and_no_more(db: Connection) -> None:
    limits(db).set_cap(Scope.CHANNEL, "", most=2, span=HOUR)
    claims = [held(db, journey.mail(), producer="email") for _ in range(3)]
    assert [permit(db, claim) for claim in claims] == ["done", "done", "cap_reached"]


def a_cap_is_of_what_it_names_and_of_nothing_else(db: Connection) -> None:
    for scope, name in (
        (Scope.CHANNEL, "pigeon"),
        (Scope.PRODUCER, "others"),
        (Scope.ADDRESS, "bob@example.org"),
        (Scope.DOMAIN, "example.net"),
    ):
        limits(db).set_cap(scope, name, most=1, span=HOUR)
    limits(db).set_cap(Scope.EVERYTHING, "", most=4, span=HOUR)
    assert [permit(db, held(db, journey.mail())) for _ in range(2)] == ["done", "done"]
    assert permit(db, held(db, journey.mail(), "others")) == "done"
    assert permit(db, held(db, journey.mail(), "others")) == "cap_reached"
    assert permit(db, held(db, TO_MANY)) == "done"
    assert permit(db, held(db, journey.mail())) == "cap_reached"


def an_attempt_counts_for_everyone_whom_it_reaches(db: Connection) -> None:
    permit(db, held(db, TO_MANY))
    counted = "SELECT string_agg(scope || ' ' || name, ', ' ORDER BY scope, name)"
    assert one(db, counted + " FROM outbox.counted") == (
        "address ada@example.org, address bob@example.org, address eve@example.net, "
        "channel email, domain example.net, domain example.org, everything , producer tests"
    )
    assert one(db, "SELECT bool_and(at > now()) FROM outbox.counted")


def only_the_latest_version_counts(db: Connection) -> None:
    claim = held(db, journey.mail())
    db.execute(
        "INSERT INTO outbox.artifact (intent_id, version, digest, secret, content, written_by)"
        " SELECT %s, 2, encode(outbox.hmac(sha256('x'), x), 'hex'), sha256('x'), x, 'eve'"
        " FROM (VALUES"
        ' (\'{"to": ["eve@OTHER.example", null], "bcc": ["b@bcc.example"],'
        ' "cc": "x"}\'::bytea)) AS v (x)',
        (claim.id,),
    )
    newest = "SELECT string_agg(address, ' ' ORDER BY address) FROM outbox.recipient"
    assert one(db, newest + " WHERE version = 2") == "b@bcc.example eve@other.example"
    domains = "SELECT string_agg(domain, ' ' ORDER BY domain) FROM outbox.recipient"
    assert one(db, domains + " WHERE version = 2") == "bcc.example other.example"
    assert permit(db, claim) == "done"
    names = "SELECT string_agg(name, ' ' ORDER BY name) FROM outbox.counted"
    assert one(db, names + " WHERE scope = 'address'") == "ada@example.org"
    assert one(db, names + " WHERE scope = 'domain'") == "example.org"


def what_nobody_can_read_leaves_for_nobody(db: Connection) -> None:
    claim = held(db, journey.mail())
    forged = of_nobody(claim)
    db.execute(
        "WITH named AS (SELECT encode(outbox.hmac(sha256('x'), 'x'), 'hex') AS digest),"
        " written AS (INSERT INTO outbox.artifact (intent_id, version, digest, secret, content,"
        " written_by) SELECT %s, 2, digest, sha256('x'), 'x', 'eve' FROM named),"
        " leave AS (INSERT INTO outbox.approval (intent_id, version, digest, manifest,"
        " manifest_digest, approver, policy, expires_at) SELECT %s, 2, digest, %s, %s, 'ada',"
        " 1, now() + '1 hour' FROM named RETURNING id, digest)"
        " UPDATE outbox.intent SET version = 2, digest = leave.digest,"
        " approval_id = leave.id FROM leave WHERE intent.id = %s",
        (claim.id, claim.id, forged.written, forged.digest, claim.id),
    )
    assert permit(db, replace(claim, manifest=forged.written)) == "recipients_unknown"


def of_nobody(claim: Claim) -> MailManifest:
    """What a hand that writes everything would approve for bytes that are no mail."""
    approved = read(claim.manifest or b"")
    assert isinstance(approved, MailManifest)
    headers = approved.headers.model_copy(update={"to": (), "cc": ()})
    artifact = digest_of(b"x", sha256(b"x").digest())
    other = {"version": 2, "artifact": artifact, "headers": headers}
    return approved.model_copy(update=other)


def what_is_out_of_the_window_or_lifted_does_not_count(db: Connection) -> None:
    moment = dt.timedelta(microseconds=1)
    limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=moment)
    assert permit(db, held(db, journey.mail())) == "done"
    assert permit(db, held(db, journey.mail())) == "done"
    id = limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    claim = held(db, journey.mail())
    assert permit(db, claim) == "cap_reached"
    other = limits(db).set_cap(Scope.EVERYTHING, "", most=9, span=2 * HOUR)
    limits(db).lift_cap(id)
    assert permit(db, claim) == "done"
    assert answer(db, lambda: limits(db).lift_cap(id)) == "NotFound"
    assert one(db, "SELECT bool_and(lifted_by IN ('grace')) FROM outbox.cap")
    forged = "UPDATE outbox.cap SET lifted_by = 'eve' WHERE lifted_by <> ''"
    assert raw(db, forged) == "a_limit_is_only_lifted"
    standing = "SELECT count(*) FROM outbox.cap WHERE lifted_at IS NULL"
    assert one(db, standing) == 2
    limits(db).lift_cap(other)


def the_newest_attempts_fill_a_cap(db: Connection) -> None:
    assert permit(db, held(db, journey.mail())) == "done"
    db.execute("ALTER TABLE outbox.counted DISABLE TRIGGER USER")
    db.execute("UPDATE outbox.counted SET at = at - interval '2 hours'")
    assert permit(db, held(db, journey.mail())) == "done"
    limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    assert permit(db, held(db, journey.mail())) == "cap_reached"


def a_cap_takes_the_place_of_its_like_only(db: Connection) -> None:
    for most in (1, 2, 3):
        limits(db).set_cap(Scope.CHANNEL, "email", most=most, span=HOUR)
    limits(db).set_cap(Scope.CHANNEL, "email", most=4, span=2 * HOUR)
    limits(db).set_cap(Scope.PRODUCER, "email", most=5, span=HOUR)
    limits(db).set_cap(Scope.CHANNEL, "", most=6, span=HOUR)
    standing = "SELECT string_agg(most::text, ' ' ORDER BY most) FROM outbox.cap"
    assert one(db, standing + " WHERE lifted_at IS NULL") == "3 4 5 6"
    who = "SELECT string_agg(DISTINCT set_by || coalesce(lifted_by, ''), ' ' ORDER BY 1)"
    assert one(db, f"{who} FROM outbox.cap".replace("ORDER BY 1", "")) == "grace gracegrace"


def who_counts_for_the_same_cap_waits_and_nobody_else(db: Connection) -> None:
    for scope in (Scope.ADDRESS, Scope.DOMAIN):
        limits(db).set_cap(scope, "", most=9, span=HOUR)
    assert [mode for _, mode in locks(db)] == ["ExclusiveLock"]
    claim = held(db, TO_MANY)
    assert len(locks(db)) == 1
    assert permit(db, claim) == "done"
    assert [mode for _, mode in locks(db)].count("ExclusiveLock") == 1 + 5


def what_a_limit_holds_back_rests_and_loses_nothing(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    permit(db, held(db, journey.mail()))
    for hours in (1, 2):
        limits(db).set_cap(Scope.EVERYTHING, "", most=1, span=hours * HOUR)
    claim = held(db, journey.mail())
    ledger.rest(claim, {"gate": "cap_reached"})
    due = "SELECT due_at = (SELECT min(at) FROM outbox.counted) + '2 hours' AND claims = 0"
    assert one(db, due + " FROM outbox.intent WHERE state = 'approved'")
    assert journey.kinds_of(db, claim.id)[-1] == "put_back"
    assert one(db, "SELECT evidence ? 'until' FROM outbox.receipt ORDER BY id DESC LIMIT 1")
    assert answered(db, lambda: ledger.rest(claim, {})) == NOT_HELD


def only_what_is_in_hand_and_not_permitted_rests(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = held(db, journey.mail())
    ledger.rest(claim, {})
    assert one(db, "SELECT due_at > now() + '0.9 seconds' FROM outbox.intent")
    db.execute("UPDATE outbox.intent SET due_at = now()")
    [again] = ledger.claim(SEND)
    assert answered(db, lambda: ledger.rest(claim, {})) == NOT_HELD
    ledger.permit(again, enough=SECOND)
    assert answered(db, lambda: ledger.rest(again, {})) == NOT_HELD


SCENES = (
    every_wrong_limit_is_refused_by_name,
    a_cap_lets_so_many_through_and_no_more,
    a_cap_is_of_what_it_names_and_of_nothing_else,
    an_attempt_counts_for_everyone_whom_it_reaches,
    only_the_latest_version_counts,
    what_nobody_can_read_leaves_for_nobody,
    what_is_out_of_the_window_or_lifted_does_not_count,
    the_newest_attempts_fill_a_cap,
    a_cap_takes_the_place_of_its_like_only,
    who_counts_for_the_same_cap_waits_and_nobody_else,
    what_a_limit_holds_back_rests_and_loses_nothing,
    only_what_is_in_hand_and_not_permitted_rests,
)
