"""What a notifying process is made of."""

from __future__ import annotations

from collections.abc import Callable

from consumers.notifying.telling import LEASE, Telling
from consumers.notifying.ways import Leg, legs_of
from deploy.process import Process
from deploy.staging import run_stage, worker
from outbox.lifecycle import State
from outbox.notices import Teller
from outbox.policy.steps import Step
from outbox.settings import Settings
from outbox.store import Connection


def notifier(settings: Settings, process: Process) -> None:
    """Tell people what waits for them, each route in a thread of its own."""
    name, legs = worker("notifier"), legs_of(settings.notify)

    def looking(leg: Leg) -> Callable[[Connection], Callable[[], int]]:
        def over(connection: Connection) -> Callable[[], int]:
            teller = Teller(connection, worker=name, lease=LEASE)
            console = settings.console_origin
            return Telling(teller, leg.hearing, leg.way, label=leg.label, console=console).look

        return over

    # Only what is told at once: what is gathered has time until the next tick.
    heard: list[State | Step] = [State.STRANDED, Step.ESCALATED]
    run_stage(settings, process, "notify", heard, map(looking, legs))
