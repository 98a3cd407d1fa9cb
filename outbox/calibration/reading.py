"""Read what was counted of people's decisions, for whoever looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping

from outbox.calibration.curve import Counted, Curve, curve
from outbox.calibration.drift import DAYS, RECENT_DAYS, drift
from outbox.screens.reading import rows

TOGETHER = ""
"""The name under which stands what all scores of a version came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One version of a scorer on one channel, or all scorers together, beside people."""

    scorer: str
    version: str
    curve: Curve
    """Of what it did not hold: there its confidence decided how closely a person looked."""
    held: int
    """What it held whatever its confidence."""
    held_approved: int
    """How many of those people approved all the same, as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAChannel:
    """Everything that was decided on one channel."""

    channel: str
    together: Told
    scorers: tuple[Told, ...]
    drift: float | None
    """Of all together, in standard errors; see `outbox.calibration.drift`."""


def channels(connection: Connection, *, days: int = DAYS) -> tuple[OfAChannel, ...]:
    """Each on which people have decided in the last `days` days, by name."""
    return _channels(connection, days, "%")


def together(connection: Connection) -> tuple[OfAChannel, ...]:
    """The same without what each scorer said by itself."""
    return _channels(connection, DAYS, TOGETHER)


def _channels(connection: Connection, days: int, named: str) -> tuple[OfAChannel, ...]:
    found = rows(connection, "calibration", days=days, recent=RECENT_DAYS, named=named)
    each = defaultdict[str, list[RowMapping]](list)
    for row in found:
        each[row["channel"]].append(row)
    return tuple(_channel(name, each[name]) for name in sorted(each))


def _channel(name: str, found: Sequence[RowMapping]) -> OfAChannel:
    named = sorted({(row["scorer"], row["version"]) for row in found} - {(TOGETHER, "")})
    together = _of(found, TOGETHER, "")
    open_ones = [row for row in together if not row["held"]]
    return OfAChannel(
        channel=name,
        together=_told(TOGETHER, "", together),
        scorers=tuple(_told(*one, _of(found, *one)) for one in named),
        drift=drift(
            _curve(row for row in open_ones if not row["recent"]),
            _curve(row for row in open_ones if row["recent"]),
        ),
    )


def _of(found: Sequence[RowMapping], scorer: str, version: str) -> list[RowMapping]:
    return [row for row in found if (row["scorer"], row["version"]) == (scorer, version)]


def _told(scorer: str, version: str, found: Sequence[RowMapping]) -> Told:
    held = [row for row in found if row["held"]]
    return Told(
        scorer=scorer,
        version=version,
        curve=_curve(row for row in found if not row["held"]),
        held=sum(row["decided"] for row in held),
        held_approved=sum(row["approved"] for row in held),
    )


def _curve(found: Iterable[RowMapping]) -> Curve:
    return curve(
        Counted(
            hundredth=row["hundredth"],
            decided=row["decided"],
            approved=row["approved"],
            confidences=row["confidences"],
            squares=row["squares"],
        )
        for row in found
    )
