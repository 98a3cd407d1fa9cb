"""A mail as a provider's JSON, and whether that JSON is what was approved: read back.

It is held against the manifest, not against the artifact that it was composed of: nothing that
went wrong on the way can be on both sides.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from consumers.channels.http.providers.mapping import (
    Unlike,
    Values,
    filled,
    read_back,
    spelled,
)
from outbox.errors import BadArtifact
from outbox.intent import Email
from outbox.mail import as_lines
from outbox.manifest import MailManifest


def key_of(approved: MailManifest) -> str:
    """The name of these bytes, the same for every attempt: as in the Message-ID by SMTP."""
    return approved.mark.strip("<>").partition("@")[0]


def composed(template: Any, artifact: object, approved: MailManifest) -> bytes:
    """The JSON that says this mail."""
    if not isinstance(artifact, Email):
        raise BadArtifact("it is no mail")
    to, cc = _recipients(approved)
    return spelled(
        filled(
            template,
            {
                "from": _mailbox(artifact.sender_name, approved.envelope.sender),
                **{"to": to, "to_joined": ", ".join(to), "cc": cc, "cc_joined": ", ".join(cc)},
                "subject": artifact.subject,
                "text": artifact.text and as_lines(artifact.text),
                "html": artifact.html and as_lines(artifact.html),
                "attachments": [
                    {
                        "filename": one.filename,
                        "media_type": one.media_type,
                        "content": base64.b64encode(one.content).decode(),
                    }
                    for one in artifact.attachments
                ],
                "key": key_of(approved),
            },
        )
    )


def difference(template: Any, final: bytes, approved: MailManifest) -> str | None:
    """The first thing in which the final bytes are not what was approved, or None."""
    try:
        said = json.loads(final)
        values = read_back(template, said)
        return next(_differences(values, approved), None) or (
            None if spelled(said) == final else "it is spelled otherwise"
        )
    except (Unlike, ValueError, KeyError, TypeError, AttributeError) as failure:
        return f"nobody can read it: {failure}"


def _differences(values: Values, approved: MailManifest) -> Iterator[str]:
    to, cc = _recipients(approved)
    sender = _mailbox(approved.identity.name, approved.envelope.sender)
    if values["from"] != sender:
        yield "from"
    if (values.get("to"), values.get("to_joined")) not in ((to, None), (None, ", ".join(to))):
        yield "to"
    if (values.get("cc") or []) + [values.get("cc_joined") or ""] not in (
        [*cc, ""],
        [", ".join(cc)],
    ):
        yield "cc"
    if values["subject"] != approved.headers.subject:
        yield "subject"
    bodies = {"text": "text/plain", "html": "text/html"}
    found = [
        (of, _named(values[name].encode())) for name, of in bodies.items() if name in values
    ]
    if found != [(one.media_type, (one.size, one.digest)) for one in approved.bodies]:
        yield "the text or the html"
    if list(map(_file, values.get("attachments", []))) != [
        (one.filename, one.media_type, (one.size, one.digest)) for one in approved.attachments
    ]:
        yield "an attachment"
    if values.get("key", key_of(approved)) != key_of(approved):
        yield "key"


def _recipients(approved: MailManifest) -> tuple[list[str], list[str]]:
    first = len(approved.headers.to)
    return list(approved.envelope.to[:first]), list(approved.envelope.to[first:])


def _file(said: Values) -> tuple[str, str, tuple[int, str]]:
    content = base64.b64decode(said["content"], validate=True)
    return said["filename"], said["media_type"], _named(content)


def _named(content: bytes) -> tuple[int, str]:
    return len(content), hashlib.sha256(content).hexdigest()


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'
