"""One element of HTML, and how it looks of itself."""

from __future__ import annotations

from typing import Any, NamedTuple

from consumers.findings.styles import Style


class Element(NamedTuple):
    """One element, and the text in it that is seen."""

    name: str
    attributes: dict[str, str]
    inside: list[str]


def attributes_of(node: Any) -> dict[str, str]:
    """Its attributes, their names in lower case."""
    return {
        key.lower(): value or "" for key, value in (getattr(node, "attrs", None) or {}).items()
    }


def presented(element: Element) -> Style:
    """What an element looks like of itself, and by attributes that are older than styles."""
    style: Style = {}
    hints = element.attributes
    if "hidden" in hints or element.name in ("template", "datalist", "noembed", "noframes"):
        style["display"] = "none"
    if element.name == "dialog" and "open" not in hints:
        style["display"] = "none"
    for name, prop in (("bgcolor", "background-color"), ("background", "background-image")):
        if name in hints:
            style[prop] = hints[name].lower()
    if element.name == "font" and "color" in hints:
        style["color"] = hints["color"].lower()
    if element.name == "body" and "text" in hints:
        style["color"] = hints["text"].lower()
    if element.name == "font" and hints.get("size") == "0":
        style["font-size"] = "1px"
    if element.name == "marquee":
        style |= {k: hints[k] for k in ("height", "width") if k in hints} | {
            "overflow": "hidden"
        }
    return style
