"""The scorer `learned`: how likely people are to approve it, as they have decided so far."""

from __future__ import annotations

import os

from consumers.scorers import History
from consumers.scorers.learned.model import HINT, load
from consumers.scorers.reading import read
from outbox.errors import BadSettings
from outbox.intent import Artifact
from outbox.results import Score
from outbox.settings import Settings

DOUBT = 0.5
"""Below it, a no is likelier than a yes."""
_NAMED = 3


class Learned:
    """Judges by the model in the file HOLDSHORT_LEARNED_MODEL."""

    name = "learned"

    def __init__(self) -> None:
        """Raises `BadSettings`."""
        file = Settings.from_env(os.environ).learned_model
        if file is None:
            raise BadSettings("HOLDSHORT_LEARNED_MODEL names no file", hint=HINT)
        self._model = load(file)
        self.version = self._model.digest[:12]

    def score(self, artifact: Artifact, _: History) -> Score:
        """Its words stand in many mails on which people have decided: they name no secret."""
        share, against = self._model.judge(read(artifact).seen)
        reason = f"people approve {share:.0%} of what reads like it"
        if share < DOUBT and against:
            reason += f"; most against it: {', '.join(against[:_NAMED])}"
        return Score(
            confidence=round(share, 4),
            reasons=(reason,),
            scorer=self.name,
            version=self.version,
            kinds=("unlike-approved",) if share < DOUBT else (),
        )
