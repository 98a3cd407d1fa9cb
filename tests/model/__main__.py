"""Prove it, then take one rule away after the other and print how it goes wrong.

python -m tests.model
"""

from __future__ import annotations

import click

from tests.model.invariants import one_effect
from tests.model.search import Found, Setting, search
from tests.model.world import APPROVED, Rule


def main() -> None:
    whole = search(Setting())
    click.echo(f"with the law and every rule: {_verdict(whole)}")
    for rule in Rule:
        setting = Setting(start=APPROVED, rules=frozenset(Rule) - {rule})
        click.echo(f"without {_words(rule)}: {_verdict(search(setting))}")
    rule = Rule.NOT_SENT_WAITS_FOR_THE_BYTES
    double = search(
        Setting(start=APPROVED, rules=frozenset(Rule) - {rule}, invariants=(one_effect,))
    )
    click.echo(f"\nthe shortest double send without {_words(rule)}, from one approval on:")
    for number, step in enumerate(double.trace, start=1):
        row = f"{step.world.state:<10} {step.world.effects} arrived"
        click.echo(f"{number:>4}. {step.what:<40} {row}")


def _verdict(found: Found) -> str:
    if found.broken:
        return f"{found.broken.replace('_', ' ')} is broken in {len(found.trace)} steps"
    return f"nothing is broken in {found.worlds} worlds"


def _words(rule: Rule) -> str:
    return f'"{rule.name.lower().replace("_", " ")}"'


if __name__ == "__main__":
    main()
