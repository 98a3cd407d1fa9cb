"""How the fields of a mail are spelled on the wire.

The manifest names them so, and the sender writes them so: both ask here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from outbox.addresses import known
from outbox.errors import BadArtifact
from outbox.intent import Artifact, Email, parse_artifact

_LINE_END = re.compile(r"\r\n|\r|\n")


def as_written(content: bytes, channel: str) -> Artifact:
    """The typed fields of an artifact.  Raises `BadArtifact` if foreign hands wrote it.

    So it does for recipients that are spelled otherwise than they are sent: the limits
    of the database are kept by what is written.  A web address has no other spelling.
    """
    artifact = parse_artifact(content, channel)
    if not isinstance(artifact, Email):
        return artifact
    written = json.loads(content)
    if (*written["to"], *written.get("cc", ())) != artifact.recipients:
        raise BadArtifact(
            f"to, cc: write the recipients as they are sent: {artifact.recipients}"
        )
    return artifact


def on_the_wire(address: str) -> str:
    """The address with its domain in ASCII; the local part has no ASCII form."""
    return known(address).on_the_wire


def needs_smtputf8(addresses: Iterable[str]) -> bool:
    """Whether any local part is beyond ASCII; the addresses are those of the wire."""
    return not all(address.isascii() for address in addresses)


def as_lines(text: str) -> str:
    """The text as mail carries it: every line ended by CRLF, the last one too."""
    lines = _LINE_END.sub("\r\n", text)
    return lines if lines.endswith("\r\n") else f"{lines}\r\n"


def message_id(intent: int, version: int, digest: str, sender: str) -> str:
    """The same for every attempt at these bytes, so that a duplicate could be seen."""
    domain = on_the_wire(sender).rpartition("@")[2]
    return f"<{key_of(intent, version, digest)}@{domain}>"


def key_of(intent: int, version: int, digest: str) -> str:
    """The name of these bytes for the other side: the same for every attempt at them."""
    return f"{intent}.{version}.{digest[:16]}"
