"""The command that brings its own database, broker and mail server, and runs them all."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deploy import logs
from deploy.commands import options
from deploy.local.ports import port_or_another
from outbox.desk import Desk
from outbox.epoch import Site, refusal, site_of
from outbox.store import connect

if TYPE_CHECKING:
    from deploy.local.stack import Stack
    from outbox.settings import Settings

# Root lends the database to a user that may not enter root's own home.
HOME = Path("/var/lib/holdshort" if os.geteuid() == 0 else "~/.local/share/holdshort")
CONSOLE = 8787
_TOLD = (
    *("HOLDSHORT_DSN", "HOLDSHORT_ATTEST_KEY_FILE"),
    *("HOLDSHORT_APPROVALS", "HOLDSHORT_TRUST", "HOLDSHORT_KEY_FILE"),
)


@click.command()
@options.dsn
@click.option("--kafka", help="Use this broker, host:port.")
@click.option("--smtp", help="Use this mail server; the senders are in your settings.")
@click.option(
    "--directory",
    type=click.Path(path_type=Path),
    default=HOME,
    show_default=True,
    help="Where the embedded database and the mails stay.",
)
def up_command(dsn: str | None, kafka: str | None, smtp: str | None, directory: Path) -> None:
    """Run the whole pipeline until Ctrl-C; what is missing is embedded.  Sending is off."""
    from deploy.local.stack import local_stack

    given = options.settings(dsn=dsn, kafka=kafka, smtp=smtp)
    logs.configure(given.log)
    home = directory.expanduser()
    with local_stack(
        home,
        dsn=given.dsn,
        kafka=given.cluster(),
        smtp=given.smtp_url(),
        smtp_ca=given.smtp_ca,
        tell=_tell,
    ) as stack:
        _run_until_interrupted(stack, given, home)


def _run_until_interrupted(stack: Stack, given: Settings, home: Path) -> None:
    from deploy.local.ports import LOOPBACK, free_port
    from deploy.supervisor import Supervisor
    from schemas.migrate import upgrade

    stop = _interruption()
    upgrade(stack.dsn)
    logins = stack.logins(stack.dsn)
    _prepare(stack, given, logins["operator"])
    senders = ",".join(sorted(given.smtp_senders)) or "agent@example.com"
    environment = stack.environment(
        stack.dsn,
        intake=given.intake or f"{LOOPBACK}:{free_port()}",
        console=f"localhost:{port_or_another(CONSOLE)}",
        smtp_senders=senders,
        **_given(stack, given, home),
        **_believed(stack, given),
    )
    logins |= {"intake": logins["agent"]}
    with Supervisor(home, environment, logins) as supervisor:
        supervisor.start_all()
        supervisor.start("console")
        _tell_how_to_go_on(environment, home)
        _tell_where_to_look(environment, logins["operator"])
        supervisor.watch(stop)
        _tell("draining ...")


def _interruption() -> threading.Event:
    """Set by Ctrl-C or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _given(stack: Stack, given: Settings, home: Path) -> dict[str, str]:
    return {
        "environment": given.environment,
        "nonce_file": str(given.nonce_file or ""),
        "kafka_tls": given.kafka_tls,
        "kafka_ca": str(given.kafka_ca or ""),
        "kafka_login": given.kafka_login,
        "kafka_password_file": str(given.kafka_password_file or ""),
        "kafka_sasl": given.kafka_sasl,
        "attest_key_file": str(given.attest_key_file or stack.attest_key),
        "checkpoints": str(given.checkpoints or home / "checkpoints"),
        "notify": str(given.notify or ""),
    }


def _prepare(stack: Stack, given: Settings, operator: str) -> None:
    if not given.dsn:
        _arm_at_first(operator, site_of(given))
    if given.trust is None:
        _enrol_at_first(stack, operator)


def _arm_at_first(dsn: str, site: Site) -> None:
    """The embedded database is ours and nothing has ever left it; a copy of it is another."""
    with connect(dsn, application="holdshort up") as connection:
        closed = refusal(connection, site)
        if closed is not None and closed.reason == "epoch_unarmed":
            Desk(connection, actor="holdshort up").arm(site)


def _enrol_at_first(stack: Stack, operator: str) -> None:
    """The root of the folder vouches for the person whose key lies beside it."""
    from deploy.local.signing import enrol_at_first

    assert stack.signing is not None
    with connect(operator, application="holdshort up") as connection:
        enrol_at_first(connection, stack.signing)


def _believed(stack: Stack, given: Settings) -> dict[str, str]:
    """Whose approvals count: of those enrolled by a root of yours, if you have one."""
    assert stack.signing is not None
    key = given.key_file or ("" if given.trust else stack.signing.key)
    root = given.root_file or ("" if given.trust else stack.signing.root)
    return {
        "approvals": given.approvals,
        "trust": str(given.trust or stack.signing.trust),
        "key_file": str(key),
        "root_file": str(root),
    }


def _tell_where_to_look(environment: Mapping[str, str], operator: str) -> None:
    from consumers.console.signin.link import link
    from deploy.local.signing import PERSON

    origin = f"http://{environment['HOLDSHORT_CONSOLE']}"
    with connect(operator, application="holdshort up") as connection:
        where = link(connection, origin, PERSON, actor="holdshort up")
    _tell(f"the console, for {PERSON}; the link is good for one time: {where}")


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _tell_how_to_go_on(environment: Mapping[str, str], home: Path) -> None:
    from deploy.local.stack import TRUST

    senders = environment["HOLDSHORT_SMTP_SENDERS"]
    _tell(f"up; logs are in {home}; sending is off; mail may be sent as {senders}")
    for name in _TOLD:
        click.echo(f"export {name}='{environment[name]}'")
    where = environment["HOLDSHORT_INTAKE"]
    _tell(f"agents propose at http://{where}/v1/intents: holdshort token create agent NAME")
    _tell("  next, in another terminal, after the lines above: holdshort submit FILE ...")
    _tell("  then: holdshort list; holdshort show ID; holdshort outbound on --by NAME")
    _tell("  and: holdshort receipt ID --out FILE")
    _tell(f"       holdshort verify FILE --trust {home / TRUST}")
