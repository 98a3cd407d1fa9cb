"""Commands of an operator: migrate, run, the switch, the settings."""

from __future__ import annotations

import click

from deploy.commands import options
from outbox.desk import Desk, Outbound
from outbox.settings import describe

EVERY_ROLE = ("relay", "scorer", "router", "sender", "sweeper")


@click.command()
@options.dsn
@options.as_json
def migrate_command(dsn: str | None, as_json: bool) -> None:
    """Bring the database to this version's schema.  Sending stays off."""
    from schemas.migrate import upgrade

    revision = upgrade(options.settings(dsn=dsn).database())
    said = f"the database is at revision {revision}\n  next: holdshort outbound status"
    options.answer({"revision": revision}, said, as_json=as_json)


@click.command()
@click.argument("role", type=click.Choice([*EVERY_ROLE, "all"]))
@options.dsn
@click.option("--kafka", help="Broker to use instead of HOLDSHORT_KAFKA, host:port.")
@click.option("--smtp", help="Mail server to use instead of HOLDSHORT_SMTP.")
def run_command(role: str, dsn: str | None, kafka: str | None, smtp: str | None) -> None:
    """Run one stage until SIGTERM, which drains it; `all` runs each in its own process."""
    from deploy import running

    running.run(role, options.settings(dsn=dsn, kafka=kafka, smtp=smtp))


@click.command()
@click.argument("position", type=click.Choice(["on", "off", "status"]))
@click.option("--by", "actor", metavar="NAME", help="Who turns it; needed for on and off.")
@options.dsn
@options.as_json
def outbound_command(position: str, actor: str | None, dsn: str | None, as_json: bool) -> None:
    """Turn sending on or off.  Off takes effect at the next permit."""
    from outbox import queries

    with options.database(dsn) as connection:
        if position != "status":
            Desk(connection, actor=actor or "").flip(Outbound(position))
    with queries.reader(options.settings(dsn=dsn).database()).connect() as reading:
        switch = queries.switch(reading)
    stands = Outbound.ON if switch.outbound else Outbound.OFF
    said = f"sending is {stands}, turned by {switch.flipped_by or 'nobody'}"
    values = {"outbound": stands, "by": switch.flipped_by, "at": switch.flipped_at}
    options.answer(values, said, as_json=as_json)


@click.command()
@options.as_json
def settings_command(as_json: bool) -> None:
    """List every setting, its default and its meaning."""
    rows = describe()
    said = "\n".join(f"{row.name}={row.default}\n    {row.meaning}" for row in rows)
    options.answer(rows, said, as_json=as_json)
