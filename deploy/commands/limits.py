"""Commands of the limits: what may leave is bounded by rows that named persons set."""

from __future__ import annotations

import datetime as dt

import click

from deploy.commands import options
from outbox import queries, spelling
from outbox.limits import reading
from outbox.limits.setting import Limits, Scope

limit_id = click.argument("id", type=click.IntRange(min=1), metavar="ID")


@click.group()
def cap_command() -> None:
    """At most so many attempts in a time; the permit counts, exactly."""


@cap_command.command("set")
@click.argument("scope", type=click.Choice([scope.value for scope in Scope]))
@click.argument("name", default="")
@click.option("--most", required=True, type=click.IntRange(min=1), help="How many attempts.")
@click.option(
    "--per", "span", required=True, type=options.Time(), help="In what time: 10m, 24h, 7d."
)
@options.by
@options.dsn
@options.as_json
def set_cap(
    scope: str,
    name: str,
    most: int,
    span: dt.timedelta,
    actor: str,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Cap everything, or a channel, producer, address or domain by its NAME.

    Without a NAME each of them is capped by itself.  The cap takes the place of the one
    with the same scope, name and time.
    """
    with options.database(dsn) as connection:
        limits = Limits(connection, actor=actor)
        id = limits.set_cap(Scope(scope), name, most=most, span=span)
    said = f"cap {id}, set by {actor}: at most {most} in {spelling.spelled(span)}"
    options.answer({"id": id}, said, as_json=as_json)


@cap_command.command("lift")
@limit_id
@options.by
@options.dsn
@options.as_json
def lift_cap(id: int, actor: str, dsn: str | None, as_json: bool) -> None:
    """Let cap ID count no longer."""
    with options.database(dsn) as connection:
        Limits(connection, actor=actor).lift_cap(id)
    options.answer({"id": id}, f"cap {id} is lifted by {actor}", as_json=as_json)


@cap_command.command("list")
@options.dsn
@options.as_json
def list_caps(dsn: str | None, as_json: bool) -> None:
    """List the caps, the lifted ones too, the newest first."""
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        caps = reading.caps(connection)
    options.answer(caps, "\n".join(map(_cap, caps)) or "no caps", as_json=as_json)


def _cap(cap: reading.Cap) -> str:
    of = cap.name or ("" if cap.scope == Scope.EVERYTHING else "each by itself")
    what = f"{cap.scope} {of}".strip()
    said = f"{cap.id:>6}  {what}: at most {cap.most} in {spelling.spelled(cap.span)}"
    return f"{said}, {_record(cap)}"


@click.group()
def suppress_command() -> None:
    """Addresses and domains to which nothing may leave."""


@suppress_command.command("add")
@click.argument("target", metavar="ADDRESS|DOMAIN")
@options.reason
@options.by
@options.dsn
@options.as_json
def suppress(target: str, reason: str, actor: str, dsn: str | None, as_json: bool) -> None:
    """Let nothing leave to ADDRESS, or to any address of DOMAIN."""
    with options.database(dsn) as connection:
        id = Limits(connection, actor=actor).suppress(target, reason=reason)
    said = f"suppression {id}, set by {actor}: nothing leaves to {target}"
    options.answer({"id": id}, said, as_json=as_json)


@suppress_command.command("lift")
@limit_id
@options.by
@options.dsn
@options.as_json
def lift_suppression(id: int, actor: str, dsn: str | None, as_json: bool) -> None:
    """Let mail leave again to what suppression ID names."""
    with options.database(dsn) as connection:
        Limits(connection, actor=actor).lift_suppression(id)
    options.answer({"id": id}, f"suppression {id} is lifted by {actor}", as_json=as_json)


@suppress_command.command("list")
@options.dsn
@options.as_json
def list_suppressions(dsn: str | None, as_json: bool) -> None:
    """List what is suppressed, the lifted too, the newest first."""
    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        found = reading.suppressions(connection)
    lines = [f"{one.id:>6}  {one.target}: {one.reason}, {_record(one)}" for one in found]
    options.answer(found, "\n".join(lines) or "nothing is suppressed", as_json=as_json)


def _record(limit: reading.Cap | reading.Suppression) -> str:
    lifted = f", lifted by {limit.lifted_by}" if limit.lifted_by else ""
    return f"set by {limit.set_by}{lifted}"
