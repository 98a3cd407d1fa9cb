"""Commands of the limits: what may leave is bounded by rows that named persons set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypedDict, TypeVar, Unpack

import click
from sqlalchemy import Connection

from deploy.commands import options
from outbox import queries, spelling
from outbox.limits import reading
from outbox.limits.names import DAYS, weekdays
from outbox.limits.setting import QUIETED, Limits, Scope

L = TypeVar("L", bound=reading.Limit)
A_TIME = click.DateTime(formats=["%H:%M"])


class Who(TypedDict):
    """Who acts on limits, where, and how to answer."""

    actor: str
    dsn: str | None
    as_json: bool


def of_a_person(command: Callable[..., None]) -> Callable[..., None]:
    """With the options of everything that a person does with limits: see `Who`."""
    return options.by(options.dsn(options.as_json(command)))


def group(
    noun: str,
    about: str,
    *,
    read: Callable[[Connection], Sequence[L]],
    line: Callable[[L], str],
    lift: Callable[[Limits, int], None],
) -> click.Group:
    """The commands of one kind of limit, with the two that are alike for all."""
    commands = click.Group(help=about)

    @commands.command("list", help="List those that stand and the lifted, the newest first.")
    @options.dsn
    @options.as_json
    def list_limits(dsn: str | None, as_json: bool) -> None:
        with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
            found = read(connection)
        lines = [f"{one.id:>6}  {line(one)}, {_record(one)}" for one in found]
        options.answer(found, "\n".join(lines) or f"no {noun} was set", as_json=as_json)

    @commands.command("lift", help=f"Let the {noun} with this ID hold nothing back any more.")
    @click.argument("id", type=click.IntRange(min=1), metavar="ID")
    @of_a_person
    def lift_limit(id: int, **who: Unpack[Who]) -> None:
        with options.database(who["dsn"]) as connection:
            lift(Limits(connection, actor=who["actor"]), id)
        said = f"{noun} {id}, lifted by {who['actor']}"
        options.answer({"id": id}, said, as_json=who["as_json"])

    return commands


def setting(
    noun: str,
    said: str,
    do: Callable[[Limits], int],
    *,
    actor: str,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Let a person set a limit, and say so."""
    with options.database(dsn) as connection:
        id = do(Limits(connection, actor=actor))
    options.answer({"id": id}, f"{noun} {id}, set by {actor}: {said}", as_json=as_json)


def _record(limit: reading.Limit) -> str:
    lifted = f", lifted by {limit.lifted_by}" if limit.lifted_by else ""
    return f"set by {limit.set_by}{lifted}"


def _cap(cap: reading.Cap) -> str:
    of = cap.name or ("" if cap.scope == Scope.EVERYTHING else "each by itself")
    return f"{cap.scope} {of}".strip() + f": at most {cap.most} in {spelling.spelled(cap.span)}"


def _hours(hours: reading.QuietHours) -> str:
    on = ",".join(DAYS[day - 1] for day in hours.days)
    when = f"{hours.starts:%H:%M} to {hours.ends:%H:%M} {hours.zone}"
    return f"{hours.scope} {hours.name}".strip() + f": quiet on {on} from {when}"


cap_command = group(
    "cap",
    "At most so many attempts, or so much value, in a time; the permit counts, exactly.",
    read=reading.caps,
    line=_cap,
    lift=Limits.lift_cap,
)
suppress_command = group(
    "suppression",
    "Addresses and domains to which nothing may leave.",
    read=reading.suppressions,
    line=lambda one: f"{one.target}: {one.reason}",
    lift=Limits.lift_suppression,
)
quiet_command = group(
    "quiet hours",
    "Hours in which nothing leaves.",
    read=reading.quiet_hours,
    line=_hours,
    lift=Limits.lift_quiet_hours,
)


@cap_command.command("set")
@click.argument("scope", type=click.Choice([scope.value for scope in Scope]))
@click.argument("name", default="")
@click.option("--most", required=True, type=click.IntRange(min=1), help="How many attempts.")
@click.option(
    "--per", "span", required=True, type=options.Time(), help="In what time: 10m, 24h, 7d."
)
@of_a_person
def set_cap(scope: str, name: str, most: int, span: dt.timedelta, **who: Unpack[Who]) -> None:
    """Cap everything, or a channel, producer, address or domain by its NAME.

    Without a NAME each of them is capped by itself.  The cap on a value has a currency as
    its NAME, and counts its smallest unit: 100000 is 1000 EUR.  The cap takes the place of
    the one with the same scope, name and time.
    """
    setting(
        "cap",
        f"at most {most} in {spelling.spelled(span)}",
        lambda limits: limits.set_cap(Scope(scope), name, most=most, span=span),
        **who,
    )


@suppress_command.command("add")
@click.argument("target", metavar="ADDRESS|DOMAIN")
@options.reason
@of_a_person
def suppress(target: str, reason: str, **who: Unpack[Who]) -> None:
    """Let nothing leave to ADDRESS, or to any address of DOMAIN."""
    setting(
        "suppression",
        f"nothing leaves to {target}",
        lambda limits: limits.suppress(target, reason=reason),
        **who,
    )


@quiet_command.command("set")
@click.argument("scope", type=click.Choice([scope.value for scope in QUIETED]))
@click.argument("name", default="")
@click.option("--from", "starts", required=True, type=A_TIME, help="When they begin: 22:00.")
@click.option("--to", "ends", required=True, type=A_TIME, help="When they end: 07:00.")
@click.option("--zone", required=True, help="Whose clocks: Europe/Berlin.")
@click.option(
    "--days", default=",".join(DAYS), show_default=True, help="On which days they begin."
)
@of_a_person
def set_quiet_hours(
    scope: str,
    name: str,
    starts: dt.datetime,
    ends: dt.datetime,
    zone: str,
    days: str,
    **who: Unpack[Who],
) -> None:
    """Let nothing leave in these hours: of everything, a channel, producer or domain.

    If they end no later than they begin, they end on the day after.
    """
    setting(
        "quiet hours",
        f"nothing leaves from {starts:%H:%M} to {ends:%H:%M} {zone}",
        lambda limits: limits.set_quiet_hours(
            Scope(scope),
            name,
            days=weekdays(days),
            starts=starts.time(),
            ends=ends.time(),
            zone=zone,
        ),
        **who,
    )
