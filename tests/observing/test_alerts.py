"""Every alert is told where it must be, alone, and says what to do; promtool decides."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from deploy.cli import holdshort
from tests.observing.named import HOUSE, PROMETHEUS, alerts, rules, selectors, wrong
from tests.observing.promtool import promtool, with_promtool
from tests.observing.scenes import HEALTHY, WRONG

RUNBOOK = HOUSE / "docs" / "RUNBOOK.md"
RULES = [str(PROMETHEUS / file) for file in ("alerts.yml", "recording.yml")]
SEEN = 'count by (alertname) (ALERTS{alertstate="firing"}) > bool 0'


def scene(told: list[str], changes: dict[str, str]) -> dict[str, object]:
    """After 35 minutes exactly these alerts are told."""
    series = {**HEALTHY, **changes}
    expected = [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in told]
    return {
        "interval": "15s",
        "input_series": [{"series": s, "values": values} for s, values in series.items()],
        "promql_expr_test": [{"expr": SEEN, "eval_time": "35m", "exp_samples": expected}],
    }


def play(room: Path, *scenes: dict[str, object]) -> None:
    file = room / "scenes.yml"
    told = {"rule_files": RULES, "evaluation_interval": "15s", "tests": [*scenes]}
    file.write_text(yaml.safe_dump(told), "utf-8")
    promtool("test", "rules", str(file))


@with_promtool
def test_of_a_healthy_pipeline_nothing_is_told(tmp_path: Path) -> None:
    play(tmp_path, scene([], {}))


@with_promtool
@pytest.mark.parametrize("name", [alert["alert"] for alert in alerts()])
def test_each_alert_is_told_where_one_thing_is_wrong_and_no_other_is(
    tmp_path: Path, name: str
) -> None:
    play(tmp_path, scene([name], WRONG[name]))


def test_nothing_is_healthy_only_because_it_is_not_there() -> None:
    there = {series.partition("{")[0] for series in HEALTHY}
    asked = {name for alert in alerts() for name, _ in selectors(alert["expr"])}

    assert {name for name in asked if ":" not in name} <= there


@with_promtool
def test_prometheus_reads_our_rules_and_our_settings() -> None:
    promtool("check", "rules", "--lint-fatal", *RULES)
    promtool("check", "config", str(PROMETHEUS / "prometheus.yml"))


@pytest.mark.parametrize(
    "rule",
    [*alerts(), *rules("recording.yml")],
    ids=lambda rule: rule.get("alert") or rule["record"],
)
def test_rules_name_only_metrics_and_labels_that_there_are(rule: dict[str, str]) -> None:
    assert wrong(rule["expr"]) == []


def test_each_alert_says_how_bad_it_is_what_it_is_and_where_to_read_on() -> None:
    for alert in alerts():
        assert alert["labels"]["severity"] in ("critical", "warning"), alert["alert"]
        assert alert["annotations"]["summary"].endswith("."), alert["alert"]
        anchor = alert["alert"].lower()
        assert alert["annotations"]["runbook_url"] == f"docs/RUNBOOK.md#{anchor}"


def test_each_alert_has_its_section_and_each_section_its_alert() -> None:
    assert [title for title, _ in sections()] == [alert["alert"] for alert in alerts()]


@pytest.mark.parametrize("title", [alert["alert"] for alert in alerts()])
def test_a_section_says_what_why_and_commands_that_there_are(title: str) -> None:
    said = dict(sections())[title]

    assert re.findall(r"^\*\*(\w+)\.\*\*", said, re.MULTILINE) == ["What", "Why", "Next"]
    commands = [
        line
        for block in re.findall(r"```\n(.*?)```", said, re.DOTALL)
        for line in block.splitlines()
    ]
    assert commands
    for command in commands:
        parsed(command)


def sections() -> Iterator[tuple[str, str]]:
    _, *parts = re.split(r"^## ", RUNBOOK.read_text("utf-8"), flags=re.MULTILINE)
    for part in parts:
        title, _, said = part.partition("\n")
        yield title, said


def parsed(command: str) -> None:
    """Take it as the command line would, and do not carry it out."""
    words = shlex.split(command.replace("ID", "7"))
    assert words.pop(0) == "holdshort", command
    found: click.Command = holdshort
    context = click.Context(found)
    while isinstance(found, click.Group):
        name, sub, words = found.resolve_command(context, words)
        assert sub is not None, command
        found, context = sub, click.Context(sub, parent=context, info_name=name)
    for one in found.params:
        if isinstance(one.type, click.Path):
            one.type.exists = False  # a file that it names is not there
    found.parse_args(context, words)
