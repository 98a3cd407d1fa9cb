"""How a style makes a text unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from tinycss2.color4 import Color, parse_color

from consumers.findings.styles import Style

Rgb = tuple[float, float, float]
_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
NEAR = 1.25
"""A contrast (WCAG) below which nobody reads a text; 21 is black on white."""
_GONE = (("display", "none"), ("mso-hide", "all"), ("content-visibility", "hidden"))
_TINY = 3.0
_FAINT = 0.15
_FAR = 400.0
_LENGTH = re.compile(r"^([+-]?\d{0,6}\.?\d{1,6})\s*(px|pt|em|rem|%|in|cm|mm|pc|vw|vh|ex|ch)?$")
_PIXELS = {"pt": 4 / 3, "in": 96, "cm": 37.8, "mm": 3.78, "pc": 16, "vw": 10, "vh": 8}
_FONTS = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0}
_ZERO_CLIP = re.compile(r"rect\(\s*(0|1px)\D|inset\(\s*(50|[6-9]\d|100)%|circle\(\s*0")
_NO_SIZE = re.compile(r"scale[xy3d]*\(\s*0(\.0\d*)?\s*[,)]")
_SHIFT = re.compile(r"translate[xy3d]*\([^)]{0,40}-\d{4,}")
_FADED = re.compile(r"opacity\(\s*(0?\.0\d*|0|[0-9]%)\s*\)")


@dataclass(frozen=True, slots=True)
class Look:
    """What an element hands down to those inside it."""

    unseen: str = ""
    """Why nothing in it can be seen."""
    invisible: bool = False
    size: float = 16.0
    """Of the font, in pixels."""
    colour: Rgb | None = _BLACK
    """None: nobody can say."""
    clear: bool = False
    ground: Rgb | None = _WHITE
    opacity: float = 1.0

    @property
    def why(self) -> str:
        """Why a text that stands here is not seen; empty if it is."""
        if self.unseen:
            return self.unseen
        if self.invisible:
            return "visibility: hidden"
        if self.size < _TINY:
            return f"a font of {self.size:g} pixels"
        if self.clear:
            return "a transparent colour"
        if self.colour and self.ground and contrast(self.colour, self.ground) < NEAR:
            return "the colour of its background"
        return ""


def inside(look: Look, style: Style) -> Look:
    """How an element of this style looks that stands in such a one."""
    opacity = look.opacity * _number(style.get("opacity"), 1.0)
    unseen = (
        look.unseen or _unseen(style) or (f"opacity: {opacity:g}" if opacity < _FAINT else "")
    )
    look = replace(look, unseen=unseen, opacity=opacity, size=_size(look, style))
    if (seen := style.get("visibility")) is not None:
        look = replace(look, invisible=seen in ("hidden", "collapse"))
    return _coloured(look, style)


def _unseen(style: Style) -> str:
    """Properties that take away an element with all that is in it."""
    for name, value in _GONE:
        if value in style.get(name, ""):
            return f"{name}: {value}"
    cut = style.get("clip", "") + " " + style.get("clip-path", "")
    if _ZERO_CLIP.search(cut):
        return "it is clipped away"
    moved = " ".join(style.get(name, "") for name in ("transform", "scale", "translate"))
    if _NO_SIZE.search(moved) or style.get("scale") == "0" or _SHIFT.search(moved):
        return "it is shrunk or moved away"
    if _FADED.search(style.get("filter", "")):
        return "a filter makes it fade"
    return _away(style) or _without_size(style)


def _away(style: Style) -> str:
    placed = style.get("position", "static") != "static"
    sides = ("left", "top", "right", "bottom") if placed else ()
    for name in (*sides, "text-indent", "margin-left", "margin-top", "margin"):
        if (length := pixels(style.get(name, "").split(" ")[0])) is not None and (
            length <= -_FAR or (name in ("left", "top", "text-indent") and length >= 4 * _FAR)
        ):
            return f"it is {name}: {style[name]}"[:60]
    return ""


def _without_size(style: Style) -> str:
    overflow = style.get("overflow", "") + style.get("overflow-y", "")
    if not re.search("hidden|clip|scroll|auto", overflow):
        return ""
    for name in ("height", "max-height", "width", "max-width"):
        length = pixels(style.get(name, ""))
        if length is not None and length <= 2:
            return f"{name}: {style[name]} that cuts off"
    return ""


def _size(look: Look, style: Style) -> float:
    given = style.get("font-size")
    if given is None and "font" in style:
        found = re.search(r"(?<![\w.])(\d{0,4}\.?\d+(?:px|pt|em|rem|%))", style["font"])
        given = found[1] if found else None
    if given is None:
        return look.size
    if given.endswith(("em", "%")) and not given.endswith("rem"):
        share = _number(given.rstrip("em%"), 1.0) / (100 if given.endswith("%") else 1)
        return look.size * share
    length = pixels(given)
    return _FONTS.get(given, 16.0) if length is None else length


def pixels(value: str) -> float | None:
    """A CSS length; None if it is none."""
    found = _LENGTH.match(value.strip())
    if not found:
        return None
    return float(found[1]) * _PIXELS.get(found[2] or "", 16 if "em" in (found[2] or "") else 1)


def _number(value: str | None, otherwise: float) -> float:
    try:
        share = float((value or "").rstrip("%"))
    except ValueError:
        return otherwise
    return share / 100 if (value or "").endswith("%") else share


def _coloured(look: Look, style: Style) -> Look:
    if "background-clip" in style and "text" in style["background-clip"]:
        look = replace(look, ground=None)
    elif (ground := style.get("background-color", style.get("background"))) is not None:
        look = replace(look, ground=_ground(ground, look.ground))
    if "background-image" in style and "none" not in style["background-image"]:
        look = replace(look, ground=None)
    if (word := style.get("-webkit-text-fill-color", style.get("color"))) is not None:
        colour = colour_of(word)
        clear = colour is not None and colour[3] < _FAINT
        return replace(look, colour=colour[:3] if colour else None, clear=clear)
    return look


def _ground(value: str, otherwise: Rgb | None) -> Rgb | None:
    if "(" in value and not re.match(r"^\s*(rgb|hsl|hwb|lab|lch|oklab|oklch)", value):
        return None  # a gradient, a picture, a variable
    for word in (value, *value.split()):
        if (colour := colour_of(word)) is not None:
            return colour[:3] if colour[3] >= 0.5 else otherwise
    return otherwise


@lru_cache(maxsize=512)
def colour_of(word: str) -> tuple[float, float, float, float] | None:
    """Red, green, blue and alpha from 0 to 1."""
    colour = parse_color(word[:100])
    if not isinstance(colour, Color):
        return None
    colour = colour.to("srgb")
    red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in colour.coordinates)
    return red, green, blue, 1.0 if colour.alpha is None else colour.alpha


def contrast(one: Rgb, other: Rgb) -> float:
    """1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
