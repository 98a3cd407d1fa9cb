"""A ledger in which everything that grows has grown, and the stages at work in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import LiteralString

from consumers.scorers.history import Past
from deploy.bench.flat.rewriting import rewriting
from deploy.bench.flat.seeding import seed
from outbox import Proposal
from outbox.agents import Agent
from outbox.authority import documents
from outbox.claim import SCORE, SEND
from outbox.intent import canonical
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.notices import Hearing, Kind, Teller
from outbox.results import Settlement
from outbox.store import Connection, call, sql
from outbox.submit import submit_each
from outbox.tokens import Kind as Of
from outbox.tokens import hash_of, make
from tests.ledger.plans.watching import Watched
from tests.parts import journey
from tests.parts.granting import given, granting
from tests.parts.receipts import attest

FINISHED = 8000
GROUP = 6
A_SECOND = dt.timedelta(seconds=1)
GROWN: Mapping[str, LiteralString] = {
    "turn": "(scope, name, at, intent_id, weight)"
    " SELECT 'recipient', 'a' || id, now(), id, 1 FROM outbox.intent",
    "reminder": "SELECT id, now(), 'reminded', now() FROM outbox.intent",
    "suppression": "(target, reason, set_by) SELECT id || '@b.example', 'r', 'ada'"
    " FROM outbox.intent",
    "document": "(kind, content, digest, signature, key, about)"
    " SELECT kind, convert_to(id || kind, 'UTF8'),"
    " encode(sha256(convert_to(id || kind, 'UTF8')), 'hex'), '', 'k' || id, 'a' || id"
    " FROM outbox.intent, unnest(ARRAY['approval', 'revocation']) AS kind",
    "notified": "SELECT 'r', 'reminded', id, now(), now() FROM outbox.intent LIMIT 20",
    "unattested": "SELECT id FROM outbox.receipt ORDER BY id LIMIT 2000 ON CONFLICT DO NOTHING",
}
"""What grows, and is not seeded: the rest of an INSERT into it."""


def grown(dsn: str, db: Connection) -> None:
    """Very much is over, and the receipts of some of it are in the log."""
    seed(dsn, FINISHED, waiting=False)
    with rewriting(db, "checkpoint"):
        db.execute("DELETE FROM outbox.checkpoint")
    db.execute("INSERT INTO outbox.route (name) VALUES ('r')")
    for table, rows in GROWN.items():
        with rewriting(db, table):
            db.execute(f"INSERT INTO outbox.{table} {rows}".encode())
    attest(db)
    with rewriting(db, "checkpoint"):
        db.execute("INSERT INTO outbox.checkpoint SELECT n, '' FROM generate_series(1, 499) n")
    db.execute("ANALYZE")
    journey.switch_on(db)
    given(db, uses=FINISHED)


class Hands:
    """Those of every stage, watched."""

    def __init__(self, db: Connection, sessions: Mapping[str, Watched]) -> None:
        self._of = {role: session.connection for role, session in sessions.items()}
        self._ledger = {role: Ledger(one, worker="w") for role, one in self._of.items()}
        self._token = make(
            db, Of.AGENT, "p", tenant="default", valid_for=journey.HOUR, actor="a"
        )
        self._turns = 0

    def turn(self) -> None:
        """Each does everything that it does again and again."""
        self._turns += 1
        self._propose()
        self._decide_nothing()
        self._send()
        for sweeping in ("sweep", "expire", "remind"):
            getattr(self._ledger["sweeper"], sweeping)()
        for scraped in ("gauge_numbers", "gauge_due"):
            self._of["sweeper"].execute(sql(scraped))
        call(self._of["sweeper"], "make_partitions")
        call(self._of["sweeper"], "plant", worker="w", batch=GROUP)
        self._publish()
        attest(self._of["attester"])
        self._tell()

    def _proposals(self) -> Iterable[Proposal]:
        for number in range(GROUP):
            key = f"k{self._turns}-{number}"
            yield Proposal(artifact=journey.mail(), key=key, producer="p")

    def _propose(self) -> None:
        one, another, *others = self._proposals()
        agent = Agent(self._of["agent"], hash_of(self._token.token))
        agent.propose(one)
        plainly = {"key": another.key, "producer": "p", "channel": "email"}
        call(self._of["agent"], "submit", content=canonical(another.artifact), **plainly)
        submit_each(self._of["agent"], others)
        [own, *_], _ = agent.page(before=None, size=5)
        agent.look(own.id)
        call(self._of["agent"], "standing", wanted=own.id)
        call(self._of["agent"], "lives_here", cell="c", tenant="default")

    def _decide_nothing(self) -> None:
        """What brings an intent to its sender without a person."""
        Past(self._of["scorer"]).read()
        claims = self._ledger["scorer"].claim(replace(SCORE, batch=GROUP))
        self._ledger["scorer"].scores([(claim, journey.a_score(0.9)) for claim in claims])
        self._ledger["router"].route(threshold=0.5)
        granting(self._of["granter"]).look()

    def _send(self) -> None:
        sender = self._ledger["sender"]
        back, resting, *others = claims = sender.claim(replace(SEND, batch=GROUP))
        documents.signed(self._of["sender"], [one.id for one in claims])
        sender.renew([one.fence for one in claims], SEND.lease)
        sender.put_back(back, pause=journey.HOUR, evidence={})
        sender.rest(resting, {})
        assert not any(sender.permits(others, enough=A_SECOND))
        sender.settles([Settlement(one, State.SENT, "sent", {}) for one in others])
        assert all(map(sender.has_outcome, others))
        call(self._of["sender"], "try_room")

    def _publish(self) -> None:
        relay = self._of["relay"]
        with relay.transaction():
            named = {"shards": 8, "per_shard": 64, "fence": journey.HOUR}
            found = call(relay, "claim_unpublished", **named).fetchall()
            seqs, intents, *_ = zip(*found, strict=True)
            call(relay, "take_off", intents=[*intents], seqs=[*seqs])
        call(relay, "clear_slots")

    def _tell(self) -> None:
        teller = Teller(self._of["notifier"], worker="w", lease=journey.HOUR)
        hearing = Hearing(route="r", kinds=(*Kind,), gather=dt.timedelta(0))
        if claimed := teller.claim(hearing):
            teller.record("r", claimed.fence, claimed.notices)
        teller.postpone("r", 0, A_SECOND)
