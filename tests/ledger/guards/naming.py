"""Scenes of secrets: no receipt names anybody, and no digest can be guessed."""

from __future__ import annotations

from psycopg.types.json import Jsonb

from outbox.claim import SCORE
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.ledger.guards.answers import one, raw
from tests.ledger.guards.erasing import erased, sent
from tests.ledger.guards.wrong import ARTIFACT
from tests.parts import journey


def a_receipt_names_nobody(db: Connection) -> None:
    intent = journey.proposed(db, journey.mail(to="sent@zoo.example"))
    told = {"as": "sent", "why": "to SENT, here", "login": "sent, bob@example.org", "n": [1]}
    statement = (
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " VALUES (%s, 'refused', 'sender', 'x', %s, %s)"
    )
    for evidence in (told, {"login": "bob@example.org"}, {"why": "to sent"}):
        db.execute(statement.encode(), (intent.id, intent.digest, Jsonb(evidence)))
    kept = "SELECT string_agg(evidence::text, ' ' ORDER BY id) FROM outbox.receipt"
    text = str(one(db, kept + " WHERE kind = 'refused'"))
    assert [name for name in ("zoo", "bob", "SENT") if name in text] == []
    assert (text.count("address:"), text.count("sent"), text.count('"as": "sent"')) == (4, 2, 1)
    assert text.count("[1]") == 1


def of_what_is_erased_no_words_are_kept(db: Connection) -> None:
    id = sent(db)
    erased(db, id)
    db.execute(
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " SELECT id, 'late', 'sender', 'x', digest, %s FROM outbox.intent WHERE id = %s",
        (Jsonb({"final_reply": "250 zoe took it", "to": "zoe@zoo.example", "n": 1}), id),
    )
    text = str(one(db, "SELECT evidence::text FROM outbox.receipt WHERE kind = 'late'"))
    assert [word for word in ("zoe", "took", '"n": 1') if word in text] == ['"n": 1']


def a_score_is_receipted_without_its_words(db: Connection) -> None:
    journey.scored(db)
    assert one(
        db,
        "SELECT r.evidence->>'reasons' = encode(outbox.hmac(a.secret,"
        " convert_to(s.reasons::text, 'UTF8')), 'hex')"
        " AND r.evidence->>'kinds' = encode(outbox.hmac(a.secret,"
        " convert_to(s.kinds::text, 'UTF8')), 'hex')"
        " FROM outbox.receipt r JOIN outbox.score s USING (intent_id)"
        " JOIN outbox.artifact a USING (intent_id) WHERE r.kind = 'scored'",
    )


def a_secret_is_of_one_intent_and_of_all_its_versions(db: Connection) -> None:
    one_intent, other = journey.awaiting(db), journey.proposed(db)
    assert one_intent.digest != other.digest
    edited = Desk(db, actor="ada").edit(
        one_intent.id, journey.mail("Another"), digest=journey.seen(db, one_intent.id)
    )
    assert edited.digest != one_intent.digest
    secrets = "SELECT count(DISTINCT secret) || ' of ' || count(*) FROM outbox.artifact"
    assert one(db, secrets) == "2 of 3"
    claims = Ledger(db, worker="scorer-1").claim(SCORE)
    assert {len(claim.secret) for claim in claims} == {32}
    assert len({claim.secret for claim in claims}) == 2
    assert (
        raw(
            db,
            ARTIFACT
            + " SELECT max(id), 9, encode(outbox.hmac('x', 'x'), 'hex'), 'x', 'x', 'eve'"
            " FROM outbox.intent",
        )
        == "a_secret_has_32_bytes"
    )


SCENES = (
    a_receipt_names_nobody,
    of_what_is_erased_no_words_are_kept,
    a_score_is_receipted_without_its_words,
    a_secret_is_of_one_intent_and_of_all_its_versions,
)
