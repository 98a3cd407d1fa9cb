"""The demo: the main job on real parts, with one sender killed at the worst moment.

A sender dies by SIGKILL after the mail server said yes and before anything here says so.
Its intent strands, for a person; the others arrive once, as the mail server counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from consumers.console.signin.link import link
from deploy import exporting
from deploy.local.databases import temporary_database
from deploy.local.ports import free_port
from deploy.local.signing import PERSON, Signing, enrol_at_first
from deploy.local.sink import MailSink
from deploy.local.stack import TRUST, Stack, local_stack
from deploy.samples import SENDER, mended, proposals
from deploy.supervisor import Supervisor
from deploy.visitor import Visitor
from deploy.watching import PATIENCE, Watch
from outbox import failpoints, proofs, queries, submit, views
from outbox.cluster import Cluster
from outbox.desk import Desk, Outbound
from outbox.epoch import Site
from outbox.errors import DependencyDown, HoldshortError
from outbox.lifecycle import State
from outbox.reasons import Because
from outbox.store import connect
from schemas.migrate import upgrade
from schemas.receipts.verifying import verify

Tell = Callable[[str], None]
OPERATOR = PERSON
COLLEAGUE = "bob"
BEFORE_A_PERSON = (State.SUBMITTED, State.SCORING, State.SCORED)
BEFORE_THE_END = (State.APPROVED, State.SENDING, State.RELEASING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of it; `delivered` and `duplicates` are the mail server's own count."""

    submitted: int
    approved: int
    sent: int
    stranded: int
    receipts: int
    delivered: int
    duplicates: int


class Demo:
    """Five acts on one stage; each actor, and each process, has a login of its own."""

    def __init__(
        self, logins: Mapping[str, str], supervisor: Supervisor, sink: MailSink, tell: Tell
    ) -> None:
        self._actors = ExitStack()
        self._agent, self._operator = (
            self._actors.enter_context(connect(logins[role], application="holdshort demo"))
            for role in ("agent", "operator")
        )
        self._reader = queries.reader(logins["reader"])
        self._watch = Watch(self._reader)
        self._switch = Desk(self._operator, actor=OPERATOR)
        self._supervisor = supervisor
        self._sink = sink
        self._tell = tell

    def propose(self) -> None:
        """Agents write intents in their own transactions; one asks twice."""
        for role in ("relay", "scorer", "router", "sweeper", "attester"):
            self._supervisor.start(role)
        proposed = proposals()
        for proposal in [*proposed, proposed[0]]:
            with self._agent.transaction():
                submit(self._agent, proposal)
        self._tell(f"agents propose {len(proposed)} mails, one of them twice: held, not sent")
        self._until_nothing_is(BEFORE_A_PERSON, "all mails are scored and routed")

    def decide(self, origin: str) -> None:
        """At the console one person mends a mail, another rejects one and approves the rest."""
        console = self._supervisor.start("console")
        console.wait_until(lambda: "console up" in console.said(), PATIENCE)
        self._tell(f"the console is up; {OPERATOR} and {COLLEAGUE} sign in by links")
        with self._visitor(origin, OPERATOR) as ada, self._visitor(origin, COLLEAGUE) as bob:
            placeholder, secret = self._watch.in_state(State.IN_REVIEW)
            self._tell(f"mails {placeholder.id} and {secret.id} need a closer look")
            why = "a password does not belong into a mail"
            ada.decide(secret.id, "reject", because=Because.WRONG_CONTENT, reason=why)
            mail = mended(self._watch.artifact(placeholder))
            form = {"subject": mail.subject, "to": ", ".join(mail.to), "text": mail.text}
            bob.decide(placeholder.id, "edit", **form)
            self._tell(f"{COLLEAGUE} mends {placeholder.id}, {OPERATOR} rejects {secret.id}")
            self._until_nothing_is(BEFORE_A_PERSON, "the mended mail is scored again")
            waiting = self._watch.in_state(State.AWAITING_APPROVAL)
            for intent in waiting:
                ada.decide(intent.id, "approve")
        told = f"{OPERATOR} approves {len(waiting)} mails, each by the digest of its manifest"
        self._tell(told)

    def _visitor(self, origin: str, name: str) -> Visitor:
        return Visitor(link(self._operator, origin, name, actor=OPERATOR))

    def send(self) -> None:
        """The switch is turned on, and the first sender dies at the worst moment."""
        self._switch.arm(Site())
        self._tell(f"{OPERATOR} arms sending for this database")
        doomed = self._supervisor.start(
            "sender",
            HOLDSHORT_SENDER_THREADS="1",
            **{failpoints.VARIABLE: failpoints.Point.AFTER_REPLY},
        )
        doomed.wait_until(lambda: "stage up" in doomed.said(), PATIENCE)
        self._tell(f"a sender is up, sending is off: {len(self._sink.accepted())} mails left")
        self._switch.flip(Outbound.ON)
        self._tell(f"{OPERATOR} turns sending on")
        if not doomed.ended(PATIENCE):
            raise DependencyDown(f"no sender died: {doomed.said()[-500:]}")
        self._tell("kill -9: the sender dies after the server's 250 and before its receipt")
        for role in ("sender", "sender"):
            self._supervisor.start(role)
        self._tell("two other senders take over")
        self._until_nothing_is(BEFORE_THE_END, "everything is sent or stranded")

    def attest(self, trust: bytes) -> None:
        """Every receipt is taken out of the log and verified, as a stranger would."""
        self._watch.until(lambda _: self._unattested() == 0, "all is attested")
        with self._reader.connect() as connection:
            verdict = verify(exporting.of_log(connection).written(), trust)
        if not verdict.valid:
            raise HoldshortError(f"the receipts do not verify: {verdict}")
        self._tell("every receipt is signed, is in one log, and verifies offline")

    def _unattested(self) -> int:
        with self._reader.connect() as connection:
            return proofs.unattested(connection)

    def tally(self) -> tuple[Tally, list[views.Dossier]]:
        """Count, here and in the mail server."""
        self._actors.close()
        counts, dossiers = self._watch.counts(), self._watch.dossiers()
        delivered = [accepted.message_id for accepted in self._sink.accepted()]
        tally = Tally(
            submitted=len(dossiers),
            approved=sum(len(dossier.approvals) for dossier in dossiers),
            sent=counts[State.SENT],
            stranded=counts[State.STRANDED],
            receipts=sum(len(dossier.receipts) for dossier in dossiers),
            delivered=len(delivered),
            duplicates=len(delivered) - len(set(delivered)),
        )
        return tally, dossiers

    def _until_nothing_is(self, states: tuple[State, ...], what: str) -> None:
        self._watch.until(lambda counts: not any(counts[state] for state in states), what)
        self._tell(what)


def demo(
    directory: Path, *, dsn: str, kafka: Cluster, tell: Tell
) -> tuple[Tally, list[views.Dossier]]:
    """Run it on embedded parts, or on those that are given; nothing of it is left running.

    Raises `DependencyDown` if a part does not answer."""
    with (
        local_stack(directory, dsn=dsn, kafka=kafka, tell=tell) as stack,
        temporary_database(stack.dsn) as own,
    ):
        assert stack.sink is not None
        assert stack.signing is not None
        upgrade(own)
        environment = _environment(stack, own, stack.signing)
        logins = stack.logins(own)
        with connect(logins["operator"], application="holdshort demo") as operator:
            enrol_at_first(operator, stack.signing)
        with Supervisor(directory, environment, logins) as supervisor:
            acts = Demo(logins, supervisor, stack.sink, tell)
            acts.propose()
            acts.decide(f"http://{environment['HOLDSHORT_CONSOLE']}")
            acts.send()
            acts.attest((directory / TRUST).read_bytes())
        return acts.tally()


def _environment(stack: Stack, dsn: str, signing: Signing) -> dict[str, str]:
    return stack.environment(
        dsn,
        smtp_senders=SENDER,
        send_lease="3s",
        look_every="500ms",
        review_below="0.5",  # in an empty database every recipient is a newcomer
        console=f"localhost:{free_port()}",
        key_file=str(signing.key),
    )
