"""One question over HTTPS, and its answer.  How long it may take, its room says."""

from __future__ import annotations

from decimal import Decimal

import httpx
from pydantic import ValidationError

from consumers.scorers.judge.account import Account
from consumers.scorers.judge.answer import Answer, Completion
from consumers.scorers.judge.question import ASKED

LONGEST = 256 * 1024
"""Bytes of an answer."""
_WITHIN = 60.0
_MOST_TOKENS = 1000


class NoAnswer(Exception):
    """The model did not say what it was asked for.  Says nothing that the mail could."""


def asked(account: Account, question: str, word: str) -> tuple[Answer, Decimal]:
    """The answer, and what it cost in US dollars.  Raises `NoAnswer`."""
    said = _posted(
        account,
        {
            "model": account.model,
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": ASKED},
                {"role": "user", "content": question},
            ],
        },
    )
    try:
        completion = Completion.model_validate_json(said)
        answer = Answer.model_validate_json(completion.choices[0].message.content)
    except ValidationError:
        raise NoAnswer("it is not spelled as it was asked for") from None
    if answer.word != word:
        raise NoAnswer("it does not know the word: it answers something else")
    usage = completion.usage
    return answer, account.cost(usage.prompt_tokens, usage.completion_tokens)


def _posted(account: Account, body: dict[str, object]) -> bytes:
    headers = {"authorization": f"Bearer {account.key}"} if account.key else {}
    client = httpx.Client(
        verify=account.tls, trust_env=False, follow_redirects=False, timeout=_WITHIN
    )
    try:
        with (
            client,
            client.stream("POST", account.url, json=body, headers=headers) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise NoAnswer(f"it answered {answer.status_code}")
            return _read(answer)
    except (httpx.HTTPError, OSError) as failure:
        raise NoAnswer(type(failure).__name__) from None


def _read(answer: httpx.Response) -> bytes:
    read = bytearray()
    for part in answer.iter_bytes():
        read += part
        if len(read) > LONGEST:
            raise NoAnswer("it does not end")
    return bytes(read)
