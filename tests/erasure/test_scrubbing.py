"""A receipt names nobody to whom an intent is, in whichever words it is told."""

from __future__ import annotations

import hmac

import pytest
from psycopg.types.json import Jsonb

from deploy.staging import worker
from outbox.desk import Desk
from outbox.store import Connection
from tests.parts import journey

ADDRESS = "zoe.zebra@zoo.example"


def keyed(db: Connection, address: str) -> str:
    [(secret,)] = db.execute("SELECT secret FROM outbox.artifact").fetchall()
    return "address:" + hmac.digest(secret, address.lower().encode(), "sha256").hex()


def kept(db: Connection, evidence: object) -> object:
    """What a receipt keeps of this evidence, for an intent to Zoe Zebra."""
    intent = journey.proposed(db, journey.mail(to=ADDRESS))
    db.execute(
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " VALUES (%s, 'refused', 'sender', 'tests', %s, %s)",
        (intent.id, intent.digest, Jsonb(evidence)),
    )
    [(found,)] = db.execute(
        "SELECT evidence FROM outbox.receipt WHERE kind = 'refused'"
    ).fetchall()
    return found


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (f"550 5.1.1 <{ADDRESS}>: unknown", ADDRESS),
        (f"550 5.1.1 {ADDRESS.upper()}: unknown", ADDRESS),
        ("550 5.1.1 zoe.zebra... User unknown", ADDRESS),
        ("550 no mailbox ZOE.ZEBRA here", ADDRESS),
        ("551 moved; try <carol@else.example>", "carol@else.example"),
        ("551 moved to carol@else.example.", "carol@else.example"),
        ("551 'carol@else.example' is it", "carol@else.example"),
        ("551 o'brien@else.example is it", "o'brien@else.example"),
        ("551 J\u00fcrgen@b\u00fccher.example", "j\u00fcrgen@b\u00fccher.example"),
        ('551 "odd one"@else.example', '"odd one"@else.example'),
    ],
)
def test_whoever_is_named_is_named_by_a_keyed_digest(
    db: Connection, said: str, named: str
) -> None:
    found = kept(db, {"final_reply": said})

    assert isinstance(found, dict)
    assert named.lower() not in str(found).lower()
    assert "zebra" not in str(found).lower()
    assert keyed(db, named) in found["final_reply"]
    assert found["final_reply"][:3] == said[:3]


def test_an_address_that_ends_in_another_is_named_by_its_own_digest(db: Connection) -> None:
    found = kept(db, {"why": "ann@x.example, joann@x.example"})

    assert found == {"why": f"{keyed(db, 'ann@x.example')}, {keyed(db, 'joann@x.example')}"}


def test_addresses_are_found_however_deep_they_lie(db: Connection) -> None:
    found = kept(db, {"a": [{"b": f"to {ADDRESS}\n{ADDRESS}"}, 7, None, True, 0.5], "c": {}})

    twice = f"to {keyed(db, ADDRESS)}\n{keyed(db, ADDRESS)}"
    assert found == {"a": [{"b": twice}, 7, None, True, 0.5], "c": {}}


@pytest.mark.parametrize("mailbox", ["_zoe", "o'brien", "z", "ZOE", "zoe+zebra", "2zoe-zebra"])
@pytest.mark.parametrize("field", ["why", "reason", "final_reply", "capabilities"])
def test_a_mailbox_is_found_however_it_is_spelled(
    db: Connection, mailbox: str, field: str
) -> None:
    intent = journey.proposed(db, journey.mail(to=f"{mailbox}@x.example"))
    for said in (mailbox, mailbox.upper(), f"\n{mailbox}\t", [f'"{mailbox}"']):
        db.execute(
            "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
            " VALUES (%s, 'refused', 'sender', 'tests', %s, %s)",
            (intent.id, intent.digest, Jsonb({field: said, "n": 1})),
        )

    rows = db.execute("SELECT evidence FROM outbox.receipt WHERE kind = 'refused'").fetchall()

    assert [row[0] for row in rows] == [
        {field: said, "n": 1}
        for digest in [keyed(db, f"{mailbox}@x.example")]
        for said in (digest, digest, f"\n{digest}\t", [f'"{digest}"'])
    ]


def test_a_mailbox_is_only_looked_for_in_words(db: Connection) -> None:
    """Else whoever chooses an address chooses what a receipt means."""
    intent = journey.proposed(db, journey.mail(to="in_review@x.example"))
    db.execute(
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " VALUES (%s, 'resolved', 'human', 'ada', %s, %s)",
        (intent.id, intent.digest, Jsonb({"as": "in_review", "reason": "back in_review"})),
    )

    [(found,)] = db.execute(
        "SELECT evidence FROM outbox.receipt WHERE kind = 'resolved'"
    ).fetchall()
    digest = keyed(db, "in_review@x.example")
    assert found == {"as": "in_review", "reason": f"back {digest}"}


def test_the_name_of_a_worker_stays_readable(db: Connection) -> None:
    name = worker("sender")

    assert kept(db, {"lease_of": name}) == {"lease_of": name}


def test_our_own_message_ids_stay_readable(db: Connection) -> None:
    message_id = "<1.1.0123456789abcdef@example.com>"

    found = kept(db, {"message_id": message_id, "final_reply": f"250 {message_id} queued"})

    assert found == {"message_id": message_id, "final_reply": f"250 {message_id} queued"}


def test_reasons_of_people_name_nobody(db: Connection) -> None:
    intent = journey.proposed(db, journey.mail(to=ADDRESS))

    Desk(db, actor="ada").withdraw(intent.id, reason=f"{ADDRESS} asked us to")

    [(reason,)] = db.execute(
        "SELECT evidence->>'reason' FROM outbox.receipt WHERE kind = 'withdrawn'"
    ).fetchall()
    assert reason == f"{keyed(db, ADDRESS)} asked us to"


def test_a_receipt_has_the_keyed_digest_of_a_scores_reasons_and_no_words(
    db: Connection,
) -> None:
    journey.scored(db)

    row = db.execute(
        "SELECT evidence->>'reasons', reasons::text, secret FROM outbox.score"
        " JOIN outbox.artifact USING (intent_id, version)"
        " JOIN outbox.receipt r ON r.intent_id = score.intent_id AND kind = 'scored'"
    ).fetchone()
    assert row is not None
    digest, reasons, secret = row
    assert reasons == '["looks fine"]'
    assert digest == hmac.digest(secret, reasons.encode(), "sha256").hex()
