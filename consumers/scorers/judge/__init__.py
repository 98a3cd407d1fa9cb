"""The scorer that asks a language model, at any endpoint that speaks as OpenAI's does.

    account.py  where it is, and our account there     asking.py  one question, one answer
    question.py what is asked                          answer.py  what counts as an answer

A mail may tell the model what to say.  So its answer is never more than what the rules say
of the same mail, and a mail that speaks to a model is held for a person.  What holds a secret
is not shown to it at all.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import replace

from consumers.scorers import History
from consumers.scorers.judge.account import Account, account_in
from consumers.scorers.judge.answer import Answer
from consumers.scorers.judge.asking import asked
from consumers.scorers.judge.question import ASKED, LONGEST, question, speaks_to_a_model
from consumers.scorers.kinds import Found, Kind, scored
from consumers.scorers.reading import read
from consumers.scorers.rules import Rules
from outbox.errors import BadSettings
from outbox.intent import Artifact
from outbox.results import Score
from outbox.settings import Settings

_SECRETS = {Kind.SECRET.value, Kind.CARD_NUMBER.value}


class Judge:
    """It shows what is judged to whoever runs the model."""

    name = "judge"

    def __init__(self, account: Account | None = None) -> None:
        """Without an account, that of `HOLDSHORT_JUDGE`.  Raises `BadSettings`."""
        self._account = account or _ours()
        prompt = hashlib.sha256(ASKED.encode()).hexdigest()[:8]
        self.version = f"1 {self._account.model} {prompt}"[:200]
        self._rules = Rules()

    def score(self, artifact: Artifact, history: History) -> Score:
        """The model's answer, or the rules' if that is less.  Raises `NoAnswer`."""
        by_rule = self._rules.score(artifact, history)
        least = by_rule.confidence
        if _SECRETS & {*by_rule.kinds}:
            reason = "the model was not asked: a secret stays in the house"
            return self._said([Found(Kind.SECRET, reason)], least)
        reading, once = read(artifact), secrets.token_hex(8)
        answer, cost = asked(self._account, question(artifact, once), once)
        found = [*_concerns(answer)]
        if len(reading.seen) > LONGEST:
            found.append(Found(Kind.UNREADABLE, "the model was shown its beginning alone"))
        if speaks_to_a_model(reading.carried):
            found.append(Found(Kind.PROMPT_INJECTION, Kind.PROMPT_INJECTION.meaning))
        return replace(self._said(found, min(least, answer.confidence)), cost=cost)

    def _said(self, found: list[Found], most: float) -> Score:
        score = scored(found, self.name, self.version)
        return replace(score, confidence=min(most, score.confidence))


def _concerns(answer: Answer) -> list[Found]:
    return [Found(one.kind, one.reason) for one in answer.concerns]


def _ours() -> Account:
    file = Settings.from_env(os.environ).judge
    if file is None:
        raise BadSettings("HOLDSHORT_JUDGE is not set: the judge has nobody to ask")
    return account_in(file)
