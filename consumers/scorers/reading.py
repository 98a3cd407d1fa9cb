"""What the reader of a mail or of a request would see, and what travels beside it.

The text is an agent's: everything here takes time in proportion to its length, whatever
it says.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from outbox.intent import Artifact, Email, Webhook

_UNSEEN = ("script", "style", "title")
_IS_TAG = re.compile(r"[A-Za-z/!?]")
_TEXTUAL = re.compile(r"text/|application/(json|xml|yaml|x-yaml|toml|x-sh)\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """An artifact as the rules look at it."""

    mail: Email | None
    """It, if it is one."""
    recipients: tuple[str, ...]
    seen: str
    """Subject, text, and the text that its HTML shows."""
    own: str
    """What its author wrote to be read as text, without what it quotes from others."""
    carried: str
    """Everything that leaves in the clear: also markup and attached text."""


def read(artifact: Artifact) -> Reading:
    """Read it once, for all rules."""
    return _mail(artifact) if isinstance(artifact, Email) else _request(artifact)


def _request(webhook: Webhook) -> Reading:
    said = (f"{one.name}: {one.value}" for one in webhook.headers)
    body = webhook.body.decode("utf-8", "replace")
    carried = "\n".join((webhook.url, *said, body))
    return Reading(None, webhook.recipients, webhook.text, webhook.text, carried)


def _mail(mail: Email) -> Reading:
    shown = visible(mail.html)
    seen = "\n".join((mail.subject, mail.text, shown))
    attached = (
        attachment.content.decode("utf-8", "replace")
        for attachment in mail.attachments
        if _TEXTUAL.match(attachment.media_type)
    )
    carried = "\n".join((seen, mail.html, *attached))
    own = unquoted(mail.text if mail.text.strip() else shown)
    return Reading(mail, mail.recipients, seen, own, carried)


def unquoted(text: str) -> str:
    """A text without the lines that repeat another's, and without a signature."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.rstrip() == "--":
            break
        if not line.lstrip().startswith((">", "|")):
            lines.append(line)
    return "\n".join(lines)


def visible(markup: str) -> str:
    """The text that HTML shows, roughly; scripts and styles are not text."""
    shown: list[str] = []
    unseen = ""
    for piece in f">{markup}".split("<"):
        tag, text = _tag_and_text(piece)
        if unseen and tag == f"/{unseen}":
            unseen = ""
        elif not unseen and tag in _UNSEEN:
            unseen = tag
        if not unseen:
            shown.append(text)
    return html.unescape(" ".join(shown))


def _tag_and_text(piece: str) -> tuple[str, str]:
    """What follows one `<`: the tag's name, and the text up to the next."""
    if piece.startswith(">"):
        return "", piece[1:]
    if not _IS_TAG.match(piece):
        return "", f"<{piece}"  # as in "1 < 2"
    inside, _, text = piece.partition(">")
    name = inside.split(maxsplit=1)[0].lower()
    return name, text
