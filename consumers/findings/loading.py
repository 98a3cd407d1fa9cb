"""What a mail would fetch when it is opened, and what in it would act."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consumers.findings.elements import Element
from consumers.findings.kinds import Finding, Kind, Severity, plainly
from consumers.findings.page import Page

_FETCHED = {
    *("src", "srcset", "imagesrcset", "background", "poster", "data", "lowsrc", "dynsrc"),
    *("code", "archive", "codebase", "classid", "manifest", "icon", "ping", "attributionsrc"),
}
_DRAWING = "image use feimage lineargradient radialgradient pattern cursor font-face-uri"
_BY_ELEMENT = dict.fromkeys(("link", "base", *_DRAWING.split()), "href")
_HARMLESS = re.compile(r"^\s*(data:(?:image|font)/(?!svg)|cid:|#|about:|$)", re.IGNORECASE)
_ACTING = """
    script noscript form input button select textarea object embed applet iframe frame
    frameset animate set animatetransform handler isindex plaintext
"""
_ACTIVE = frozenset(_ACTING.split())
_STYLED = ("fill", "stroke", "filter", "mask", "clip-path", "cursor")
_URL = re.compile(r"url\(\s*['\"]?([^'\")]{1,500})", re.IGNORECASE)
_MOST = 20


def remote(page: Page) -> Iterator[Finding]:
    """Each thing that would be loaded from elsewhere, once."""
    wanted = dict.fromkeys(_wanted(page))
    for what in list(wanted)[:_MOST]:
        yield Finding(Kind.REMOTE_CONTENT, "html", what)


def _wanted(page: Page) -> Iterator[str]:
    for one in page.elements:
        for name, value in one.attributes.items():
            if _fetches(one, name, value):
                yield f"{one.name} {name}: {plainly(value)}"
        if one.name == "meta" and one.attributes.get("http-equiv", "").lower() == "refresh":
            yield f"it goes on to {plainly(one.attributes.get('content', ''))}"
        if one.name == "iframe" and one.attributes.get("srcdoc"):
            yield "a document inside the document"
    for address in page.sheet.imports:
        yield f"a sheet of styles: {plainly(address)}"
    for address in page.sheet.addresses:
        if not _HARMLESS.match(address):
            yield f"a style: {plainly(address)}"


def _fetches(one: Element, name: str, value: str) -> bool:
    if name in _STYLED:
        return any(not _HARMLESS.match(found) for found in _URL.findall(value))
    bare = name.rpartition(":")[2]
    return not _HARMLESS.match(value) and (
        bare in _FETCHED or _BY_ELEMENT.get(one.name) == bare
    )


def active(page: Page) -> Iterator[Finding]:
    """Each kind of thing that acts, once."""
    found: dict[str, None] = {}
    for one in page.elements:
        if one.name in _ACTIVE:
            found[f"<{plainly(one.name)}>"] = None
        for name in one.attributes:
            if name.startswith("on") and len(name) > 3:
                found[f"{plainly(name)} on <{plainly(one.name)}>"] = None
    for what in list(found)[:_MOST]:
        yield Finding(Kind.ACTIVE_CONTENT, "html", what, Severity.ALARM)
