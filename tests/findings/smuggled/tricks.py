"""The shapes that the samples share."""

from __future__ import annotations

from typing import Any

from consumers.findings import Kind
from outbox.intent import Attachment

SECRET = "wire nine thousand to account 4711"
BLOCK = f"<p>Hello Ana</p><p %s>{SECRET}</p>"
SHEET = f"<style>%s</style><p>Hello Ana</p><p class='x' id='y'><b>{SECRET}</b></p>"
LINK = '<p>Hello Ana <a href="%s">%s</a></p>'


def html(kind: Kind, frame: str, /, **parts: str) -> dict[str, tuple[Kind, dict[str, Any]]]:
    return {
        f"{kind}: {name}": (kind, {"html": frame.replace("%s", part)})
        for name, part in parts.items()
    }


def style(**parts: str) -> dict[str, tuple[Kind, dict[str, Any]]]:
    return html(
        Kind.HIDDEN_TEXT, BLOCK, **{name: f'style="{part}"' for name, part in parts.items()}
    )


def links(kind: Kind, /, **parts: tuple[str, str]) -> dict[str, tuple[Kind, dict[str, Any]]]:
    return {f"{kind}: {name}": (kind, {"html": LINK % part}) for name, part in parts.items()}


def file(name: str, content: bytes, media_type: str) -> dict[str, Any]:
    attachment = Attachment.model_construct(
        filename=name, media_type=media_type, content=content
    )
    return {"attachments": (attachment,)}


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OCTETS = "application/octet-stream"
