"""What an intake is made of: where agents propose over HTTP."""

from __future__ import annotations

from functools import partial

import structlog

from consumers.intake.app import application
from consumers.intake.connections import Connections
from deploy.process import Process
from deploy.serving import listening, port_of, serve
from outbox.errors import BadSettings
from outbox.settings import Settings

log = structlog.get_logger()


def intake(settings: Settings, process: Process) -> None:
    """Take proposals until stopped; through every outage of the database, and saying so."""
    if not settings.intake:
        raise BadSettings(
            "HOLDSHORT_INTAKE is not set: agents would not know where to propose",
            hint="set HOLDSHORT_INTAKE=127.0.0.1:8081",
        )
    connections = Connections(settings.dsn)
    with listening(settings.intake, setting="HOLDSHORT_INTAKE") as listener:
        log.info("intake up", port=port_of(listener))
        process.run([partial(serve, application(connections, process.stopping), listener)])
    connections.close()
