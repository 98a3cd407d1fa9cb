"""An installation with two tenants, in which every role has a login and something to lose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from psycopg.conninfo import make_conninfo

from deploy.local.databases import temporary_database
from outbox import Intent, Proposal, submit
from outbox.authority.challenges import Asking, Purpose, add, ask
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection, connect
from outbox.tenants import bind
from tests.parts import journey
from tests.parts.database import Way
from tests.parts.granting import delegated, given
from tests.parts.logins import logins_of
from tests.parts.receipts import attest

CANARY = "canary-of-the-other-tenant"
OURS, OTHERS = "ours", "others"


@dataclass(frozen=True, slots=True)
class House:
    dsn: str
    db: Connection
    """Of a superuser."""
    logins: dict[str, str]
    intents: dict[str, Intent]
    """By what became of them."""

    def connected(self, role: str) -> Connection:
        return connect(self.logins[role], application="tests")


@contextmanager
def furnished(server: str, template: str, way: Way) -> Iterator[House]:
    with temporary_database(server, template=template) as direct:
        dsn = way(direct)
        journey.arm(dsn)
        with connect(dsn, application="tests") as db:
            yield _house(dsn, db)


def _house(dsn: str, db: Connection) -> House:
    house = House(dsn, db, {**logins_of(dsn), **_bound(db, dsn)}, {})
    house.intents.update(_lives(house))
    return house


def _bound(db: Connection, dsn: str) -> dict[str, str]:
    """Logins of the two tenants: `ours_reader`, `others_agent` and so on."""
    found = {}
    for tenant in (OURS, OTHERS):
        for role in ("agent", "reviewer", "reader", "sender", "granter"):
            login = f"local_{tenant}_{role}"
            if not db.execute("SELECT FROM pg_roles WHERE rolname = %s", (login,)).fetchall():
                make = f"CREATE ROLE {login} LOGIN PASSWORD 'tests' IN ROLE holdshort_{role}"
                db.execute(make.encode())
            bind(db, login, tenant, actor="ada")
            found[f"{tenant}_{role}"] = make_conninfo(dsn, user=login, password="tests")
    return found


def _lives(house: House) -> Iterator[tuple[str, Intent]]:
    db, ledger = house.db, Ledger(house.db, worker="sender-1")
    with house.connected("agent") as agent:
        yield "proposed", journey.proposed(agent)
    claim = journey.permitted(db, ledger)
    ledger.settle(claim, State.SENT, kind="sent", evidence={"reply": "250"})
    yield "sent", Intent(claim.id, claim.version, claim.digest)
    stranded = journey.stranded(db, ledger)
    yield "stranded", Intent(stranded.id, stranded.version, stranded.digest)
    for tenant in (OURS, OTHERS):
        yield from _of_tenant(house, tenant)
    journey.score_and_route(db)
    yield "approved", journey.approved(db)
    given(db, signer=None, tenant=OTHERS, giver="grace", recipients=(f"{CANARY}@example.org",))
    given(db, signer=None, giver="grace")
    delegated(db, signer=None, delegator="grace", delegate="dan")
    asked(db)
    Desk(db, actor="ada").flip(journey.OFF)
    attest(db)
    yield "awaiting", journey.awaiting(db)
    db.execute("ANALYZE")


def asked(db: Connection) -> None:
    """Somebody's device is asked, and has made a passkey."""
    asking = Asking(session=1, person="ada", purpose=Purpose.APPROVAL)
    ask(db, asking, sha256(b"asked").digest(), b"what ada would sign")
    add(db, "passkey-1", "ada", b"{}")


def _of_tenant(house: House, tenant: str) -> Iterator[tuple[str, Intent]]:
    name = CANARY if tenant == OTHERS else tenant
    mail = journey.mail(f"About {name}", to=f"{name}@example.org")
    with house.connected(f"{tenant}_agent") as agent:
        for number in range(2):
            proposal = Proposal(artifact=mail, key=f"{name} {number}", producer=name)
            yield f"{tenant} {number}", submit(agent, proposal)
    journey.score_and_route(house.db)
    with house.connected(f"{tenant}_reviewer") as reviewer:
        [(id,)] = reviewer.execute(
            "SELECT id FROM outbox.intent WHERE state = 'awaiting_approval' LIMIT 1"
        ).fetchall()
        Desk(reviewer, actor=f"ada of {name}").approve(
            id, digest=journey.seen(reviewer, id), valid_for=journey.HOUR
        )
