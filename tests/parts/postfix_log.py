"""What Postfix's own log says it took over."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMED = re.compile(r" postfix/cleanup\[\d+\]: (\w+): message-id=(\S+)$", re.MULTILINE)
_SENT = re.compile(r" postfix/discard\[\d+\]: (\w+): to=.* status=sent ", re.MULTILINE)
_CONVERSATION = re.compile(r" postfix/smtpd\[\d+\]: (connect|disconnect) from ")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in the queue; two that are alike are two."""

    queue_id: str
    message_id: str


def taken_over(log: str) -> list[Mail]:
    """Every mail that was sent on, in the order in which they came.

    Its name alone proves nothing: it is logged as soon as it is read, far before the dot.
    """
    sent = set(_SENT.findall(log))
    return [Mail(*named) for named in _NAMED.findall(log) if named[0] in sent]


def open_conversations(log: str) -> int:
    """Clients that came and are not gone."""
    said = _CONVERSATION.findall(log)
    return said.count("connect") - said.count("disconnect")
