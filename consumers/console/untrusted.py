"""What an agent wrote, handed to a browser that must not believe it.

HTML is served from its own URL, byte for byte as it will leave: who sanitises it hides
from the reviewer what the recipient will see.  Instead the browser is told to run nothing,
to load nothing and to give the document no origin: no script, no request, no cookie, no
way to the page around it.  Show it as `<iframe sandbox="" src="...">`; the headers hold
when it is opened by itself, too.  Everything else is a download and is never shown.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

_POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'"
)
_NOTHING = (
    "camera=(), clipboard-read=(), clipboard-write=(), display-capture=(), "
    "fullscreen=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), "
    "usb=()"
)
_ALIKE = {
    "Content-Security-Policy": _POLICY,
    "Connection-Allowlist": "()",  # Chromium connects for a frame before it asks the policy
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": _NOTHING,
}


def document(html: str) -> Response:
    """Agent-written HTML, to be shown in a frame that can do nothing."""
    return Response(html.encode(), media_type="text/html; charset=utf-8", headers=dict(_ALIKE))


def download(content: bytes, filename: str) -> Response:
    """Bytes that the browser saves, whatever they are; `filename` is an agent's word."""
    headers = {**_ALIKE, "Content-Disposition": _disposition(filename)}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _disposition(filename: str) -> str:
    """RFC 6266: a name for old browsers, and the whole one for all others."""
    name = "".join(one if _is_plain(one) else "_" for one in filename).strip(" .") or "file"
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_plain(character: str) -> bool:
    """No control, no turn of direction, nothing invisible, no way into another folder."""
    return character.isprintable() and character not in '/\\:*?"<>|%;'
