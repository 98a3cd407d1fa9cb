"""HTML as its reader meets it: what is seen, what is not and why, and each element.

Parsed as browsers and mail programs parse it, without scripts.  No part of this recurses,
and each part stops at a bound: what lies beyond is said to be unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from justhtml import JustHTML

from consumers.findings.elements import Element, attributes_of, presented
from consumers.findings.hiding import Look, inside
from consumers.findings.styles import (
    LONGEST_SHEET,
    MOST_MATCHES,
    MOST_RULES,
    Sheet,
    Style,
    declarations,
    read_sheet,
    styles,
)

LONGEST = 128 * 1024
"""Characters of HTML that are looked at; mail programs cut off earlier."""
MOST_ELEMENTS = 20_000
_DEEPEST = 1_000
_NO_TEXT = {"script", "style", "title", "head"}
_BLOCKS = {"p", "div", "br", "td", "th", "tr", "li", "h1", "h2", "h3", "table", "hr", "a"}
_ISLAND = re.compile(r"<xml>[^<]{0,99}(?:<[^<]{0,999}){0,50}?</xml>")  # settings of Outlook
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CONDITION = re.compile(r"^\[if [^\]]{1,100}\]>(.*)<!\[endif\]$", re.DOTALL)


class Hidden(NamedTuple):
    """A text that its reader does not see."""

    text: str
    why: str
    first: bool
    """Nothing is seen before it."""


@dataclass
class Page:
    """What a parser made of a mail's HTML."""

    seen: str = ""
    hidden: list[Hidden] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    sheet: Sheet = field(default_factory=Sheet)
    unread: list[str] = field(default_factory=list)
    """What was too much to be looked at."""

    def named(self, *names: str) -> Iterator[Element]:
        """The elements of these names."""
        return (one for one in self.elements if one.name in names)


def read_page(html: str) -> Page:
    """Read it, as far as it is bounded."""
    page = Page()
    if len(html) > LONGEST:
        page.unread.append(f"the HTML after its first {LONGEST} characters")
    root = JustHTML(html[:LONGEST], sanitize=False, scripting_enabled=False).root
    nodes = list(_every(root, page))
    page.sheet = read_sheet(_css(nodes, page))
    if len(page.sheet.rules) > MOST_RULES or len(page.sheet.rules) * len(nodes) > MOST_MATCHES:
        page.unread.append("more rules of style than can be applied")
    given = styles(root, page.sheet, len(nodes))
    _look(root, given, page)
    return page


def _every(root: Any, page: Page) -> Iterator[Any]:
    """All nodes in order, those in templates too."""
    waiting, count = [(root, 0)], 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if count > 2 * MOST_ELEMENTS or depth > _DEEPEST:
            page.unread.append("elements beyond number or depth")
            return
        yield node
        waiting += [(child, depth + 1) for child in reversed(_children(node))]


def _children(node: Any) -> list[Any]:
    inner = getattr(node, "template_content", None)
    return [*(getattr(node, "children", None) or ()), *([inner] if inner else ())]


def _css(nodes: list[Any], page: Page) -> str:
    css = "\n".join(_data(node) for node in nodes if node.name == "style")
    if len(css) > LONGEST_SHEET:
        page.unread.append("a very long sheet of styles")
    return css[:LONGEST_SHEET].replace("<!--", "").replace("-->", "")


def _data(node: Any) -> str:
    return "".join(str(child.data or "") for child in node.children if child.name == "#text")


def _look(root: Any, given: dict[int, Style], page: Page) -> None:
    """Walk through it once, each element with what it inherits."""
    seen: list[str] = []
    waiting: list[tuple[Any, Look, list[list[str]], int]] = [(root, Look(), [], 0)]
    count = 0
    while waiting and count <= 2 * MOST_ELEMENTS:
        node, look, around, depth = waiting.pop()
        count += 1
        if node.name == "#text":
            _text(str(node.data or ""), look, around, seen, page)
        elif node.name == "#comment":
            _comment(str(node.data or ""), page)
        elif node.name not in ("script", "style", "title") and depth <= _DEEPEST:
            look, around = _enter(node, look, around, given, page)
            if node.name in _BLOCKS:
                seen.append("\n")
            below = [
                (one, _below(node, one, look), around, depth + 1) for one in _children(node)
            ]
            waiting += reversed(below)
        else:
            page.elements.append(Element(str(node.name), attributes_of(node), []))
    page.seen = "".join(seen)


def _below(node: Any, child: Any, look: Look) -> Look:
    """What is closed shows its summary only."""
    closed = node.name == "details" and "open" not in attributes_of(node)
    if closed and child.name != "summary" and not look.unseen:
        return replace(look, unseen="until it is unfolded")
    return look


def _enter(
    node: Any, look: Look, around: list[list[str]], given: dict[int, Style], page: Page
) -> tuple[Look, list[list[str]]]:
    attributes = attributes_of(node)
    element = Element(str(node.name).lower(), attributes, [])
    if not element.name.startswith("#"):
        page.elements.append(element)
    style = presented(element) | given.get(id(node), {}) | _own(attributes, page)
    if element.name == "a":
        around = [*around[-7:], element.inside]
    return inside(look, style), around


def _own(attributes: dict[str, str], page: Page) -> Style:
    if not (source := attributes.get("style")):
        return {}
    declared = declarations(source, page.sheet)
    return {key: value for key, value, _ in sorted(declared, key=lambda one: one[2])}


def _text(text: str, look: Look, around: list[list[str]], seen: list[str], page: Page) -> None:
    if why := look.why:
        if text.strip():
            page.hidden.append(Hidden(text, why, not "".join(seen[:50]).strip()))
        return
    text = _SPACES.sub(" ", text)
    seen.append(text)
    for inner in around:
        inner.append(text)


def _comment(text: str, page: Page) -> None:
    """Only some programs read conditional comments; nobody sees the others."""
    if found := _CONDITION.match(text.strip()):
        shown = _ISLAND.sub("", found[1])
        inner = JustHTML(shown, sanitize=False, scripting_enabled=False, fragment=True).root
        words = " ".join(
            str(node.data)
            for node in _every(inner, Page())
            if node.name == "#text" and node.parent.name not in ("style", "script")
        )
        page.hidden.append(Hidden(words, "only in some mail programs", False))
    elif len(text.split()) >= 6:
        page.hidden.append(Hidden(text, "in a comment", False))
