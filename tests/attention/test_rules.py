"""What a policy may ask, that silence decides nothing, and that all of it is receipted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy.readme import block
from outbox.attention import decoys
from outbox.attention.looking import look_at
from outbox.claim import SEND
from outbox.errors import BadSettings
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.policy.attention import Dwell, Tighten
from outbox.policy.document import parse
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.attention import DWELL, ask, decoy, no, yes
from tests.parts.journey import state_of
from tests.parts.receipts import TRUST, attest, pem_of


def test_the_example_of_the_page_is_a_policy() -> None:
    page = Path("docs/ATTENTION.md").read_text("utf-8")
    said = block(page, "example").strip().strip("`")

    asked = parse(said).attention

    assert asked is not None
    assert asked.dwell == Dwell()
    assert asked.tighten == Tighten()


@pytest.mark.parametrize(
    "attention",
    [
        {"dwell": {"least": "soon"}},
        {"second": {"one_in": 0}},
        {"second": {"share": 0.1}},
        {"tighten": {"missed": 0}},
        {"silence": "1d"},
    ],
)
def test_what_nobody_could_keep_is_no_policy(attention: object) -> None:
    with pytest.raises(BadSettings):
        parse(json.dumps({"sole_operator": False, "attention": attention}))


def test_a_sole_operator_has_nobody_for_a_second_look() -> None:
    for attention, ok in (({"dwell": {}}, True), ({"second": {"one_in": 2}}, False)):
        said = json.dumps({"sole_operator": True, "attention": attention})
        if ok:
            assert parse(said).attention is not None
        else:
            with pytest.raises(BadSettings, match="nobody for a second look"):
                parse(said)


def test_the_examples_are_mails_that_could_be_sent() -> None:
    seeds = decoys.examples(sender="billing@example.org", to="kim@example.org")

    assert len({one.flaw for one in seeds}) == len(seeds) == 10


def test_what_waits_goes_on_waiting_and_counts_against_nobody(db: Connection) -> None:
    ask(db, dwell=DWELL, second={"one_in": 1}, tighten={"missed": 1})
    id = decoy(db)
    look_at(db, [id], "ada")
    db.execute("UPDATE outbox.intent SET moved_at = moved_at - interval '90 days'")

    Ledger(db, worker="sweeper-1").sweep()
    Ledger(db, worker="sweeper-1").expire()

    assert state_of(db, id) == "awaiting_approval"
    assert db.execute("SELECT * FROM outbox.attention(30)").fetchall() == []


def test_receipts_of_second_looks_and_decoys_verify(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    ask(db, second={"one_in": 1}, tighten={"missed": 1})
    drawn, overruled, met = journey.awaiting(db).id, journey.awaiting(db).id, decoy(db)
    for id in (drawn, overruled):
        yes(db, id, "ada")
    yes(db, drawn, "bob")
    no(db, overruled, "bob")
    yes(db, met, "ada")
    journey.switch_on(db)
    ledger = Ledger(db, worker="sender-1")
    [claim] = ledger.claim(SEND)
    ledger.permit(claim, enough=journey.SECOND)
    ledger.settle(claim, State.SENT, kind="sent", evidence={"reply": "250"})
    attest(db)
    keys, secret = tmp_path / "keys.json", tmp_path / "attest.pem"
    keys.write_bytes(TRUST)
    secret.write_bytes(pem_of(b"\x01"))
    secret.chmod(0o600)

    for what in (str(drawn), str(overruled), str(met), "--log"):
        out = tmp_path / "receipts.json"
        written = ("receipt", what, "--out", str(out))
        assert holdshort(*written, dsn=dsn, attest_key_file=str(secret)).code == 0
        assert holdshort("verify", str(out), "--trust", str(keys)).code == 0, what
