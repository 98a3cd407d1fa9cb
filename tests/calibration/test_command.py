"""The command line and the gauges say what confidences are worth."""

from __future__ import annotations

from typing import Any

from outbox.store import Connection
from tests.calibration.told import counted
from tests.deploy.command import holdshort
from tests.ledger.test_gauges import scrape


def history(db: Connection) -> None:
    counted(db, 95, 396, 400)
    counted(db, 40, 30, 60)
    counted(db, 95, 45, 60, ago=1)
    counted(db, 95, 441, 460, scorer="rules")
    counted(db, 70, 3, 12, held=True)


def test_it_tells_the_curve_and_the_threshold_that_follows(dsn: str, db: Connection) -> None:
    history(db)

    said = holdshort("calibration", "--target", "0.06", "--target", "0.2", dsn=dsn)

    assert said.code == 0
    assert said.out.startswith("email:\n  all together       471 of 520 approved, 3 of 12 held")
    assert "  rules 1            441 of 460 approved, error 0." in said.out
    assert "  0.9 and more: 441 of 460 approved, 96% (94% to 97%)\n" in said.out
    assert "for 6% of a no: no threshold" in said.out
    assert "for 20% of a no: review_below 0.4 (above it 49 of 520" in said.out
    assert "drift: -" in said.out


def test_a_machine_is_told_the_same(dsn: str, db: Connection) -> None:
    history(db)

    told: Any = holdshort("calibration", "--json", dsn=dsn).json
    [found] = told

    assert (found["channel"], found["together"]["decided"]) == ("email", 520)
    assert [one["why"] for one in found["thresholds"]] == ["none", "none", "found"]
    assert [one["scorer"] for one in found["scorers"]] == ["rules"]
    assert found["together"]["tenths"][1]["bounds"][0] < 0.95
    assert found["drift"] < -4


def test_of_few_decisions_it_says_that_they_are_few(dsn: str, db: Connection) -> None:
    counted(db, 95, 10, 10)

    assert (
        "5% of a no: too few decisions: 10, and it takes 59"
        in holdshort("calibration", dsn=dsn).out
    )
    assert holdshort("calibration", "--days", "5", dsn=dsn).out == (
        "nobody has decided in the last 5 days\n"
    )
    assert holdshort("calibration", "--target", "1", dsn=dsn).code == 2


def test_the_gauges_tell_the_error_and_the_drift(dsn: str, db: Connection) -> None:
    unknown = scrape(dsn)
    history(db)
    known = scrape(dsn)

    assert not [name for name in unknown if "calibration" in name]
    assert 0 < known['holdshort_calibration_error_ratio{channel="email"}'] < 0.1
    assert known['holdshort_calibration_drift{channel="email"}'] < -4
