"""Commands of an operator: migrate, run, arm, the switch, the settings."""

from __future__ import annotations

import click

from deploy.commands import options
from outbox.desk import Desk, Outbound
from outbox.epoch import refusal, site_of
from outbox.lifecycle import State
from outbox.settings import describe

EVERY_ROLE = (
    *("relay", "scorer", "router", "granter", "sender", "sweeper", "attester"),
    *("intake", "console", "notifier"),
)


@click.command()
@options.dsn
@click.option("--sql", is_flag=True, help="Print the SQL instead, and touch nothing.")
@click.option(
    "--from",
    "since",
    default="base",
    metavar="REVISION",
    help="With --sql: where the database stands now.  Left out: it is empty.",
)
@options.as_json
def migrate_command(dsn: str | None, sql: bool, since: str, as_json: bool) -> None:
    """Bring the database to this version's schema; sending stays as it is.

    What --sql prints is run by whoever may act for holdshort_owner, after the roles that
    `holdshort roles` prints are there.
    """
    from schemas.migrate import script, upgrade

    if sql:
        written = script(since)
        options.answer({"sql": written}, written, as_json=as_json)
        return
    revision = upgrade(options.settings(dsn=dsn).database())
    said = f"the database is at revision {revision}\n  next: holdshort arm --by NAME"
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
@options.by
@options.dsn
@options.as_json
def arm_command(actor: str, dsn: str | None, as_json: bool) -> None:
    """Let senders send from this database, as it stands here and now.

    Needed once, and again after a restore, a clone or a failover.  Sending is off
    afterwards, and what may leave once it is on is listed: look whether the original of
    this database has sent it already.
    """
    from deploy.commands.look import line
    from outbox import queries

    given = options.settings(dsn=dsn)
    site = site_of(given)
    with options.database(dsn) as connection:
        Desk(connection, actor=actor).arm(site)
    with queries.reader(given.database()).connect() as reading:
        ready = queries.page(reading, state=State.APPROVED, size=1000).intents
    lines = [
        f"armed by {actor} for the environment {site.environment!r},"
        f" {'with' if site.nonce else 'without'} a nonce; sending is off",
        f"{len(ready)} approved and ready to leave:",
        *map(line, ready),
        "  next: holdshort outbound on --by NAME",
    ]
    values = {"by": actor, "environment": site.environment, "approved": ready}
    options.answer(values, "\n".join(lines), as_json=as_json)


@click.command()
@click.argument("position", type=click.Choice(["on", "off", "status"]))
@click.option("--by", "actor", metavar="NAME", help="Who turns it; needed for on and off.")
@options.dsn
@options.as_json
def outbound_command(position: str, actor: str | None, dsn: str | None, as_json: bool) -> None:
    """Turn sending on or off.  Off takes effect at the next permit."""
    from outbox import queries

    given = options.settings(dsn=dsn)
    with options.database(dsn) as connection:
        if position != "status":
            Desk(connection, actor=actor or "").flip(Outbound(position))
        held = None if position == "off" else refusal(connection, site_of(given))
    with queries.reader(given.database()).connect() as reading:
        switch = queries.switch(reading)
    stands = Outbound.ON if switch.outbound else Outbound.OFF
    said = f"sending is {stands}, turned by {switch.flipped_by or 'nobody'}"
    if held is not None:
        said += f"; nothing leaves: {held}\n  next: {held.hint}"
    values = {
        "outbound": stands,
        "by": switch.flipped_by,
        "at": switch.flipped_at,
        "held": held.reason if held else None,
    }
    options.answer(values, said, as_json=as_json)


@click.command()
@options.as_json
def settings_command(as_json: bool) -> None:
    """List every setting, its default and its meaning."""
    rows = describe()
    said = "\n".join(f"{row.name}={row.default}\n    {row.meaning}" for row in rows)
    options.answer(rows, said, as_json=as_json)
