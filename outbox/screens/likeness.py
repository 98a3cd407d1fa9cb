"""Which mails to the same people say the same: as far as it is cheap to tell, and exactly."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_ANSWER = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says, without what two copies of it may differ in."""

    subject: str
    body: str


def said(content: str) -> Said | None:
    """Blanks, capitals, tags and `Re:` do not count.  None for what is no mail."""
    try:
        mail = json.loads(content)
        subject = _ANSWER.sub("", mail["subject"].strip())
        body = mail["text"] if mail["text"].strip() else _TAG.sub(" ", mail["html"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Said(_bare(subject), _bare(body))


def _bare(words: str) -> str:
    return " ".join(words.casefold().split())
