"""What serves agents over the Model Context Protocol: the adapter, and a way to Holdshort."""

from __future__ import annotations

from functools import partial

import structlog

from deploy import logs
from deploy.process import Process
from deploy.serving import listening, port_of, serve
from outbox.adapters.intake import by_intake
from outbox.adapters.ways import Way, by_database
from outbox.errors import BadSettings, DependencyDown
from outbox.settings import Settings

try:
    from outbox.adapters import mcp
except ModuleNotFoundError as error:
    raise DependencyDown(
        f"the package {error.name} is not installed", hint='pip install "holdshort[mcp]"'
    ) from error

log = structlog.get_logger()


def on_stdio(settings: Settings) -> None:
    """Serve one client until it goes, as the agent whose token is in the settings."""
    token = settings.token.get_secret_value()
    if not token:
        raise BadSettings(
            "HOLDSHORT_TOKEN is not set: nobody would know which agent this is",
            hint="make one: holdshort token create agent NAME --by YOU",
        )
    logs.configure(settings.log)
    mcp.on_stdio(_way(settings, token))


def on_http(settings: Settings, address: str) -> None:
    """Serve whoever shows an agent's token, until stopped."""
    app = mcp.on_http(partial(_way, settings))
    logs.configure(settings.log)
    with listening(address, setting="--listen") as listener:
        log.info("mcp up", port=port_of(listener))
        Process().run([partial(serve, app, listener)])


def _way(settings: Settings, token: str) -> Way:
    if settings.intake_url:
        return by_intake(settings.intake_url, token)
    return by_database(settings.database(), token)
