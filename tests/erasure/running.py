"""A whole pipeline of real processes over mails that are full of canaries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo

from consumers import keyfile
from deploy.local.ports import free_port
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from deploy.watching import Watch
from outbox import Email, queries
from outbox.failpoints import VARIABLE, Point
from outbox.lifecycle import State
from outbox.store import Connection
from tests.crash.pipeline import PATIENCE, SENDER, Pipeline
from tests.deploy.command import Said, holdshort
from tests.erasure import places
from tests.erasure.canaries import Canaries, mail_with, secret_file
from tests.erasure.echoing import EchoingSink
from tests.erasure.telling import WAYS, Told, telling
from tests.observing.collector import collecting
from tests.parts import journey

ENDS = {
    "fine": State.SENT,
    "unknown": State.IN_REVIEW,
    "spam": State.IN_REVIEW,
    "lost": State.STRANDED,
    "crash": State.STRANDED,
}
"""How each mail ends; one more, `busy`, is tried again and again."""
STAGES = ("relay", "scorer", "router", "sweeper", "attester", "notifier")


class Run:
    """One run, and what was said in it."""

    def __init__(
        self,
        room: Path,
        pipeline: Pipeline,
        environment: dict[str, str],
        canaries: Canaries,
        told: Told,
    ) -> None:
        self.room, self.pipeline, self.db = room, pipeline, pipeline.db
        self.canaries, self.told = canaries, told
        self.settings = {
            name.removeprefix("HOLDSHORT_").lower(): value
            for name, value in environment.items()
            if name.startswith("HOLDSHORT_") and name != "HOLDSHORT_HTTP"
        }
        self.mails: dict[str, Email] = {}
        self.intents: dict[str, int] = {}
        self.said: list[Said] = []
        self.spans: list[bytes] = []

    def say(self, *arguments: str) -> Said:
        """Run a command, and keep what it said."""
        said = holdshort(*arguments, **self.settings)
        self.said.append(said)
        return said

    def begin(self) -> None:
        for stage in STAGES:
            self.pipeline.run.start(stage)
        self.say("arm", "--by", "ada", "--json")
        self.say("outbound", "on", "--by", "ada", "--json")

    def propose(self, *names: str) -> None:
        """Propose a mail for each, and approve it; a wrong digest comes first."""
        for name in names:
            self.mails[name] = mail_with(self.canaries, name)
            self.intents[name] = journey.proposed(self.db, self.mails[name], key=name).id
        self.pipeline.decidable()
        for name in names:
            self.say("approve", str(self.intents[name]), "--digest", "0" * 64, "--by", "ada")
        self.pipeline.approve_all()

    def crash(self) -> None:
        """A sender dies between its last bytes and the answer; another one takes over."""
        doomed = self.pipeline.run.start("sender", **{VARIABLE: Point.AFTER_DOT})
        assert doomed.ended(PATIENCE)
        self.pipeline.run.restart_the_dead()

    def end(self) -> None:
        """Wait until every mail has ended as it must."""
        self.pipeline.watch.until(lambda _: self._ended(), "every mail has ended as it must")

    def complain(self) -> None:
        """Everything that is not so."""
        to = self.mails["unknown"].to[0]
        other = self.room / "other.json"
        other.write_text(self.mails["fine"].model_dump_json().replace("invoice", "bill"))
        ids = {name: str(id) for name, id in self.intents.items()}
        self.say("reject", ids["unknown"], "--reason", f"{to} is gone", "--by", "ada")
        self.say("submit", str(other), "--key", "fine", "--producer", "tests")
        self.say("erase", ids["lost"], "--reason", "x", "--by", "dora")
        self.say("resolve", ids["fine"], "--as", "sent", "--reason", "x", "--by", "ada")
        for look in (["list"], ["list", "--json"], ["outbound", "status", "--json"]):
            self.say(*look)

    def attest(self) -> None:
        """Wait until everything is in the log and in Kafka, and take the receipts out."""
        waits = b"SELECT count(*) FROM outbox.unattested"
        self.pipeline.watch.until(lambda _: self.db.execute(waits).fetchone() == (0,), "log")
        self.pipeline.published()
        strands = b"SELECT FROM outbox.notified WHERE kind = 'stranded'"
        both = WAYS * list(ENDS.values()).count(State.STRANDED)
        self.pipeline.watch.until(
            lambda _: len(self.db.execute(strands).fetchall()) == both, "people are told"
        )
        self.say("notify", "test")
        for id in self.intents.values():
            self.say("receipt", str(id))
        self.say("receipt", "--log")

    def _ended(self) -> bool:
        put_back = b"SELECT FROM outbox.receipt WHERE intent_id = %s AND kind = 'put_back'"
        tried = self.db.execute(put_back, (self.intents["busy"],)).fetchone() is not None
        states = {name: journey.state_of(self.db, self.intents[name]) for name in ENDS}
        return tried and states == ENDS


def _environment(stack: Stack, room: Path, **others: str) -> dict[str, str]:
    environment = stack.environment(
        stack.dsn,
        smtp_senders=SENDER,
        send_lease="3s",
        look_every="200ms",
        sender_threads="1",
        checkpoints=str(room / "checkpoints"),
        nonce_file=str(room / "nonce"),
        **others,
    )
    return {**environment, "OTEL_BSP_SCHEDULE_DELAY": "200"}


@contextmanager
def running(room: Path, dsn: str, db: Connection, kafka: str) -> Iterator[tuple[Run, int]]:
    """A run that has not begun, and the first of its health ports."""
    canaries, first = Canaries(), free_port()
    key, nonce = room / "attest.pem", room / "nonce"
    keyfile.create(key)
    secret_file(canaries, key)
    nonce.write_text(canaries.word("nonce"))
    dsn = make_conninfo(dsn, password=canaries.word("password of the DSN"))
    (room / "logs").mkdir()
    with (
        EchoingSink(room / "mail") as sink,
        telling(room / "house", canaries) as told,
        collecting() as collector,
    ):
        canaries.know("SMTP password", sink.endpoint.password)
        ours = sink.endpoint
        where = {"http": f"127.0.0.1:{first}", "traces": collector.address}
        stack = Stack(dsn, kafka, ours.url, ours.ca_file, sink, key)
        environment = _environment(stack, room, notify=str(told.file), **where)
        with Supervisor(room / "logs", environment, {}) as processes:
            watch = Watch(queries.reader(dsn), PATIENCE)
            run = Run(room, Pipeline(db, watch, sink, processes), environment, canaries, told)
            run.spans = collector.raw
            yield run, first


def left_by(run: Run, kafka: str, first: int) -> list[tuple[str, bytes]]:
    """Everything that it left anywhere, by the name of the place."""
    [(events,)] = run.db.execute("SELECT count(*) FROM outbox.event").fetchall()
    said = [f"{one.out}{one.err}".encode() for one in run.said]
    return [
        *places.of_the_database(run.db),
        *places.of_kafka(kafka, events),
        *places.of_metrics(first, len(STAGES) + 1),
        *places.of_files(run.room / "logs", "*.log"),
        *places.of_files(run.room, "checkpoints"),
        *run.told.said(),
        *((f"command {number}", text) for number, text in enumerate(said)),
        ("spans", b"\n".join(run.spans)),
    ]
