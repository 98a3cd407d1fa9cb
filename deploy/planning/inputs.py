"""What an intent takes, as measured by `make scale-plan` on a machine of ours."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path

from pydantic import TypeAdapter
from pydantic_core import to_json

NAME = "measured.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A figure that was foretold, and what it was."""

    name: str
    foretold: float
    measured: float

    @property
    def error(self) -> float:
        """By what was measured."""
        return self.foretold / self.measured - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Figures of one machine, of small mails that are all alike, under one grant."""

    facts: dict[str, str]
    """When, on what, and of which versions."""
    server: float
    """Seconds of the database's processors that an intent takes, all its steps."""
    client: float
    """Seconds of the processors of our processes."""
    attest: float
    """Seconds that the one attester needs for the receipts of an intent, by the clock."""
    begin: float
    """Seconds by the clock that a round of all steps takes, however little it has to do."""
    each: float
    """What each further intent of the round takes."""
    spread: tuple[float, ...]
    """What rounds took, by what those two say."""
    bytes: dict[str, float]
    """Bytes on the disk that an intent leaves, by table, indexes and all."""
    wal: float
    """Bytes of write-ahead log of an intent, attested and published."""
    events: float
    receipts: float
    relay: float
    """Events a second that a relay publishes: goal 3 of docs/SPEED.md."""
    checked: tuple[Checked, ...] = ()
    """What was foretold of another run, and what came."""


def inputs() -> Inputs:
    """Those that were measured last."""
    text = resources.files("deploy.planning").joinpath(NAME).read_bytes()
    return TypeAdapter(Inputs).validate_json(text)


def keep(measured: Inputs) -> None:
    """Measured anew: write them over the last."""
    Path(__file__).with_name(NAME).write_bytes(to_json(asdict(measured), indent=1) + b"\n")
