"""`holdshort run`: one stage in this process, or all of them in their own."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from tempfile import mkdtemp

import structlog

from deploy import logs, tracing
from deploy.authority import authority_of
from deploy.health import database_ready, health
from deploy.process import Process
from deploy.scraping import export
from deploy.stages import STAGES
from deploy.supervisor import ROLES, Supervisor
from outbox.settings import Settings
from schemas.revision import check

log = structlog.get_logger()


def run(role: str, settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C.  Raises what the stage could not go on with."""
    logs.configure(settings.log)
    if settings.cluster().exposed:
        log.warning("kafka without tls", servers=settings.kafka, next="HOLDSHORT_KAFKA_TLS=on")
    check(settings.database())
    if role == "all":
        _run_all(settings)
        return
    tracing.begin(settings, role)
    if settings.http:
        export(role, settings)
    process, database = Process(), database_ready(settings.dsn)
    with health(settings.http, ready=lambda: [*process.unready(), *database()]):
        STAGES[role](settings, process)


def _run_all(settings: Settings) -> None:
    from consumers import keyfile  # here, as in `stages.attester`

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    keyfile.load(settings.attest_key_file)  # else its process would die again and again
    authority_of(settings)  # so would a sender
    directory = Path(mkdtemp(prefix="holdshort-logs-"))  # it stays, to be read afterwards
    log.info("running all", roles=ROLES, logs=str(directory))
    with Supervisor(directory, {**os.environ, **_chosen(settings)}, {}) as supervisor:
        supervisor.start_all()
        supervisor.watch(stop)


def _chosen(settings: Settings) -> dict[str, str]:
    """What the command line may have chosen in place of the environment."""
    return {
        "HOLDSHORT_DSN": settings.dsn,
        "HOLDSHORT_KAFKA": settings.kafka,
        "HOLDSHORT_SMTP": settings.smtp.get_secret_value(),
    }
