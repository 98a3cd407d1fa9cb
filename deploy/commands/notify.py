"""Commands about who is told of what waits: notify test, notify check."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from deploy.commands import options

if TYPE_CHECKING:
    from consumers.notifying.ways import Leg


@click.group()
def notify_command() -> None:
    """Who is told of what waits: see docs/NOTIFICATIONS.md."""


@notify_command.command("test")
@options.as_json
def send_trials(as_json: bool) -> None:
    """Tell everybody whom HOLDSHORT_NOTIFY names that this is a test.

    Exit code 7 if one of them could not be told.
    """
    import secrets

    from consumers.notifying.message import trial
    from consumers.notifying.outcome import Told
    from consumers.notifying.ways import legs_of

    outcomes = {
        leg.hearing.route: leg.way.tell(trial(leg.hearing.route, secrets.token_hex(16)))
        for leg in legs_of(options.settings().notify)
    }
    answers = {
        route: "told" if isinstance(outcome, Told) else f"not told: {outcome.reason}"
        for route, outcome in outcomes.items()
    }
    lines = [f"{route}: {answer}" for route, answer in answers.items()]
    options.answer(answers, "\n".join(lines), as_json=as_json)
    if not all(isinstance(outcome, Told) for outcome in outcomes.values()):
        sys.exit(7)


@notify_command.command("check")
@options.dsn
@options.as_json
def check_routes(dsn: str | None, as_json: bool) -> None:
    """Say what each route hears, and whom the policy names that it does not know.

    Nothing is sent.  Exit code 1 if the policy escalates to somebody who is not in the file:
    such an escalation is heard over the routes alone.
    """
    from consumers.notifying.ways import legs_of
    from outbox import queries
    from outbox.policy.document import folded
    from outbox.policy.reading import history

    given = options.settings(dsn=dsn)
    legs = legs_of(given.notify)
    with queries.reader(given.database()).connect() as connection:
        [ruling, *_] = history(connection)
    known = {folded(leg.hearing.person) for leg in legs if leg.hearing.person}
    tiers = ruling.document["tiers"]
    named = {name for tier in tiers for name in tier.get("within", {}).get("to", ())}
    unknown = sorted(name for name in named if folded(name) not in known)
    lines = [
        *map(_line, legs),
        *(f"{name}: the policy escalates to, and nobody here knows" for name in unknown),
    ]
    values = {"routes": [leg.hearing for leg in legs], "unknown": unknown}
    options.answer(values, "\n".join(lines), as_json=as_json)
    sys.exit(bool(unknown))


def _line(leg: Leg) -> str:
    hearing = leg.hearing
    of = [
        f"{what} {', '.join(names)}"
        for what, names in (("tenants", hearing.tenants), ("groups", hearing.groups))
        if names
    ]
    return f"{hearing.route}: {', '.join([*hearing.kinds, *of])}; by {leg.host}"
