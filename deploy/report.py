"""Draw a run as one HTML page: a line of life for each intent, and the tally above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from html import escape
from importlib import resources
from itertools import pairwise
from string import Template

from deploy.demo import Tally
from outbox import views

LEFT, WIDTH, ROW = 150, 780, 26
FAMILIES = {
    "submitted": "machine",
    "scoring": "machine",
    "scored": "machine",
    "in_review": "person",
    "awaiting_approval": "person",
    "sent_back": "machine",
    "approved": "cleared",
    "sending": "leaving",
    "releasing": "leaving",
    "sent": "sent",
    "stranded": "stranded",
}
"""What colour a state has; the others are closed."""


def draw(tally: Tally, dossiers: list[views.Dossier]) -> str:
    """The page, complete in itself: it loads nothing."""
    page = resources.files("deploy").joinpath("report.html").read_text("utf-8")
    tiles = "".join(
        f'<div class="{name}"><b>{number}</b>{name}</div>'
        for name, number in asdict(tally).items()
    )
    return Template(page).substitute(tiles=tiles, picture=_picture(dossiers))


def _picture(dossiers: list[views.Dossier]) -> str:
    begin = min(event.at for dossier in dossiers for event in dossier.events)
    end = max(event.at for dossier in dossiers for event in dossier.events)
    end += (end - begin) / 25
    height = ROW * len(dossiers) + 30
    rows = "".join(
        f'<g transform="translate(0 {ROW * row})">{"".join(_life(dossier, begin, end))}</g>'
        for row, dossier in enumerate(dossiers)
    )
    return f'<svg viewBox="0 0 {LEFT + WIDTH + 110} {height}" role="img">{rows}</svg>'


def _life(dossier: views.Dossier, begin: dt.datetime, end: dt.datetime) -> Iterator[str]:
    yield f'<text x="0" y="16">{escape(dossier.intent.key)}</text>'
    for state, since, until in _stays(dossier.events, end):
        left = LEFT + WIDTH * ((since - begin) / (end - begin))
        width = max(WIDTH * ((until - since) / (end - begin)), 2.0)
        family = FAMILIES.get(state, "closed")
        yield (
            f'<rect class="{family}" x="{left:.1f}" y="4" width="{width:.1f}" height="16">'
            f"<title>{state}</title></rect>"
        )
    yield (
        f'<text class="{FAMILIES.get(dossier.intent.state, "closed")}"'
        f' x="{LEFT + WIDTH + 10}" y="16">{dossier.intent.state}</text>'
    )


def _stays(
    events: Iterable[views.Event], end: dt.datetime
) -> Iterator[tuple[str, dt.datetime, dt.datetime]]:
    moments = [(event.target, event.at) for event in events]
    for (state, since), (_, until) in pairwise([*moments, ("", end)]):
        yield state, since, until
