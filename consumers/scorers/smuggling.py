"""The scorer of what a mail hides from the person who decides: docs/FINDINGS.md.

It parses HTML, which can take seconds; so it is one of its own, beside the rules.
"""

from __future__ import annotations

from collections.abc import Iterable

from consumers.findings import Finding, findings
from consumers.scorers import History
from consumers.scorers.kinds import Found, Kind, scored
from outbox.intent import Artifact
from outbox.results import Score

_PLACES = 3


class Smuggling:
    """Each kind of finding counts once, however often it is there."""

    name = "smuggling"
    version = "1"

    def score(self, artifact: Artifact, _: History) -> Score:
        """What the findings leave of the confidence."""
        by_kind: dict[Kind, list[Finding]] = {}
        for one in findings(artifact):
            by_kind.setdefault(Kind(one.kind.replace("_", "-")), []).append(one)
        found = [Found(kind, _told(kind, every)) for kind, every in by_kind.items()]
        return scored(found, self.name, self.version)


def _told(kind: Kind, found: Iterable[Finding]) -> str:
    """Where, and never what: that repeats the mail, and the screens show it anyway."""
    places = list(dict.fromkeys(one.where for one in found))
    more = " and elsewhere" if len(places) > _PLACES else ""
    return f"{kind.meaning} (in {', '.join(places[:_PLACES])}{more})"
